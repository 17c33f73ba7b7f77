import type { Client, Json } from '../demo/http-client.js';
import type { Post, Things } from './flow-rights.js';

/**
 * A complaint through everything that can be done with one, until its holds are released again.
 * @param hire registers somebody else of the association, with a token of their own
 */
export async function plantComplaint(
  post: Post,
  api: Client,
  { memberId, sessionId }: Things,
  hire: () => Promise<{ readonly staffId: string; readonly post: Post }>,
): Promise<void> {
  const now = String((await api.get('/simulation/clock')).now);
  const channel = 'email';
  const filed = await post('/complaints', {
    memberId,
    channel,
    receivedAt: now,
    learnedOn: now.slice(0, 10),
    sessionIds: [sessionId],
    against: [],
    concernsDirector: false,
  });
  const at = `/complaints/${filed.id}`;
  await post(`${at}/acknowledgement`, { acknowledgedAt: now, channel });
  const inquirer = await hire();
  await post(`${at}/inquirer`, { inquirerId: inquirer.staffId });
  await inquirer.post(`${at}/findings`);
  await post(`${at}/qualification`, { faultQualification: 'not-established', damageType: 'none', evidence: [] });
  for (const agreed of [false, true]) {
    const proposal = await post(`${at}/proposals`, { proposedAt: now, channel });
    await post(`${at}/proposals/${proposal.id}/answer`, { agreed, answeredAt: now, channel });
  }
  const sent = {
    variant: 'minimised',
    contentSha256: 'a'.repeat(64),
    sentAt: now,
    channel: 'post',
    initiatedBy: 'member',
  };
  for (const [recipient, ground] of REFERRALS) await post(`${at}/referrals`, { recipient, ground, ...sent });
  await post(`${at}/close`, { outcome: 'settled', mediatorContactGiven: true, channel });
  await post(`${at}/reopen`);
  await api.get(`${at}?purpose=dispute`);
  await post(`${at}/withdraw`, { withdrawnAt: now, channel });
  const { items } = (await api.get(`/members/${memberId}/holds?purpose=dispute`)) as {
    readonly items: readonly Json[];
  };
  for (const hold of items)
    if (hold.releasedAt === undefined)
      await post(`/members/${memberId}/holds/${hold.holdId}/release`, { reason: 'dispute-closed' });
}

const REFERRALS = [
  ['mediator', 'mediation'],
  ['insurer', 'insurance-claim'],
  ['authority', 'legal-obligation'],
] as const;
