import type { Slice } from './slice.js';
import { prepareStory, publishCharter, type Story } from './slice-story.js';

/** A member with one session that is over and closed, a request, and a session that could be erased. */
export async function finishedStory(slice: Slice): Promise<Story> {
  const story = await prepareStory(slice, await publishCharter(slice));
  const { sessionId, technicianId } = story;
  const post = (path: string, body: object) => slice.ok('Technician', 'POST', `/sessions/${sessionId}${path}`, body);
  slice.moveTo('2026-06-02T08:01:00.000Z');
  await post('/start', {
    technicianId,
    toolName: 'RealVNC',
    linkEncrypted: true,
    memberPresent: true,
    connectivityCheck: true,
    toolReady: true,
    problem: 'L’imprimante n’imprime plus.',
  });
  await post('/state-before', { observed: true, state: 'File d’attente bloquée.' });
  await post('/actions', { category: 'settings', riskClass: 'none', description: 'File vidée.', alreadyDone: true });
  slice.moveTo('2026-06-02T08:30:00.000Z');
  await post('/end', {});
  await post('/state-after', { observed: true, state: 'Page d’essai imprimée.' });
  await post('/recommendations', { none: true });
  await post('/close', { outcome: 'resolved' });
  return story;
}

/** A case that reached the association at that moment. */
export const receive = async (
  slice: Slice,
  memberId: string,
  kind: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const body = { memberId, kind, channel: 'email', receivedAt: '2026-06-02T10:00:00+02:00', concernsDirector: false };
  return String((await slice.ok('SupportLead', 'POST', '/rights', { ...body, ...more })).id);
};
