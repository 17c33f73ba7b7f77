import type { Client } from '../demo/http-client.js';
import type { Post, Things } from './flow-rights.js';

/** A breach from its entry to its end, and the association's own records, a token in each of their texts. */
export async function plantRegisters(post: Post, api: Client, { memberId, sessionId }: Things): Promise<void> {
  const now = String((await api.get('/simulation/clock')).now);
  const touched = { sessionIds: [sessionId], memberIds: [] };
  // aware longer ago than the 72 hours: a late notification says why
  const awareAt = new Date(Date.parse(now) - 80 * 3_600_000).toISOString();
  const at = `/incidents/${(await post('/incidents', { awareAt, kinds: ['confidentiality'], ...touched })).id}`;
  await post(`${at}/complement`, touched);
  await post(`${at}/assessment`, { risk: 'high' });
  await post(`${at}/notifications`, { notifiedAt: now });
  await post(`${at}/notices`, { toldIds: [memberId], toldAt: now, channel: 'phone' });
  await post(`${at}/exemption`, { exemption: 'risk-removed' });
  await post(`${at}/close`);
  await api.get(at);
  const from = now.slice(0, 10);
  await post('/registers/insurance', { from, until: '2027-06-01' });
  await post('/registers/mediators', { from });
  await post('/registers/processors', { from, contractOn: from });
  const sent = { recipient: 'authority', ground: 'legal-obligation', sentAt: now, channel: 'post' };
  await post(`/members/${memberId}/disclosures`, { ...sent, sessionId, contentSha256: 'b'.repeat(64) });
  for (const list of ['/incidents', '/registers/records', '/registers/disclosures', '/registers/processing'])
    await api.get(list);
}
