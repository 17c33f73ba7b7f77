import type { ComplaintCommand } from '#domain/complaint/commands.js';
import type { RequestCommand } from '#domain/request/commands.js';
import type { RightsCommand } from '#domain/rights/commands.js';
import type { Instant } from '#kernel/time.js';
import type { CaseSubject } from '#views/process-case.js';
import { type Step, StepFault } from './step.js';

type Channel = 'email' | 'post' | 'in-person';
const channels: readonly Channel[] = ['email', 'post', 'in-person'];

/** Writes down, where it belongs, that a letter left or was handed over: by mail or on paper, it is the same fact. */
export const recordTold: Step = async ({ temoin, one, step, commandId }) => {
  const { since } = one.about;
  const channel = channels.find((known) => step === `record.${known}`);
  if (channel === undefined || since === undefined) throw new StepFault('no-such-step');
  const given = toldTo(one.about, { channel, at: since, letterId: one.caseId });
  if (given === undefined) throw new StepFault('no-such-letter');
  const outcome = await temoin.execute({
    commandId: commandId('told'),
    actor: 'system',
    actorRoles: [],
    correlationId: temoin.ids.correlationId(one.caseId),
    ...given,
  });
  if (outcome.outcome === 'accepted') return { done: 'command' };
  // an appointment that was moved meanwhile, a case that has ended: there is nothing to write down any more
  if (outcome.outcome === 'refused') return { done: 'not-needed' };
  throw new StepFault(outcome.outcome);
};

interface Told {
  readonly stream: string;
  readonly command: ComplaintCommand | RequestCommand | RightsCommand;
}

/** What is written down, and where; the letter is its evidence. */
function toldTo(
  { complaintId, requestId, rightsId, sessionId }: CaseSubject,
  { channel, at, letterId }: { readonly channel: Channel; readonly at: Instant; readonly letterId: string },
): Told | undefined {
  const onPaper = channel === 'post' ? 'paper' : channel;
  if (complaintId !== undefined)
    return {
      stream: `complaint-${complaintId}`,
      command: { type: 'AcknowledgeComplaint', complaintId, acknowledgedAt: at, channel, evidenceRef: letterId },
    };
  if (rightsId !== undefined)
    return {
      stream: `rights-${rightsId}`,
      command: { type: 'SendRightsAnswer', rightsId, channel: onPaper, sentAt: at, evidenceRef: letterId },
    };
  if (requestId !== undefined && sessionId !== undefined)
    return {
      stream: `request-${requestId}`,
      command: { type: 'AdvisePreparation', requestId, sessionId, channel: onPaper, at },
    };
  return undefined;
}
