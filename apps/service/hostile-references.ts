import { receive } from './rights-story.js';
import type { Slice } from './slice.js';
import type { Story } from './slice-story.js';

/** References beside those of the story, so that every address of the API leads somewhere. */
export async function referencesOf(slice: Slice, story: Story): Promise<Readonly<Record<string, string>>> {
  const { memberId, sessionId, requestId } = story;
  const receivedAt = '2026-06-02T09:00:00+02:00';
  const rightsId = await receive(slice, memberId, 'objection', { receivedAt, details: 'Je m’oppose.' });
  const hold = { cells: [`${memberId}/identity`], ground: 'court' };
  const holdId = String((await slice.ok('Director', 'POST', `/members/${memberId}/holds`, hold)).id);
  await slice.settled();
  const { session } = await slice.ok('Director', 'GET', `/journal/${sessionId}?purpose=quality`);
  const text = { targetEventId: session.problem.eventId, field: 'problem', reason: 'secret' };
  const { id } = await slice.ok('Technician', 'POST', `/sessions/${sessionId}/strike-outs`, text);
  const { texts } = await slice.ok('Director', 'GET', `/requests/${requestId}?purpose=quality`);
  const { targetEventId, field } = texts[0];
  const other = { targetEventId, field, reason: 'secret' };
  const reported = await slice.ok('Technician', 'POST', `/requests/${requestId}/strike-outs`, other);
  const subscriber = await slice.ok('Director', 'POST', '/subscribers', {
    ...{ subscriberName: 'Fédération Exemple', subscriberPurpose: 'Compter', address: 'http://localhost:9/' },
    ...{ topics: ['session'], agreementOn: '2026-06-01' },
  });
  const subscriberId = String(subscriber.id);
  return { subscriberId, rightsId, holdId, strikeOutId: String(id), requestStrikeOutId: String(reported.id) };
}
