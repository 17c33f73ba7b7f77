import type { Cast } from './cast.js';
import type { Json } from './http-client.js';
import type { Outcome, Stage, StreamEvent } from './stage.js';

const items = (list: Json): readonly Json[] => (Array.isArray(list.items) ? (list.items as Json[]) : []);

/** Reads back what the story left behind: journal entries opened for quality, compliance, one stream replayed. */
export async function gather(stage: Stage, cast: Cast, charterVersionId: string, streamOf: string): Promise<Outcome> {
  const { director, lead } = cast;
  const charter = await director.api.get(`/charter/versions/${charterVersionId}`);
  const journal: Json[] = [];
  for (const line of items(await lead.api.get(`/journal?sort=startedAt&from=${stage.day}&to=${stage.day}`)))
    journal.push({ ...line, entry: await lead.api.get(`/journal/${line.sessionId}?purpose=quality`) });
  const compliance = await lead.api.get('/compliance');
  const replayed = items(await director.api.get(`/streams/session-${streamOf}?purpose=quality`));
  return { charter, journal, compliance, stream: replayed.map(flat) };
}

/** An event of the replay with revision and time at the top, whatever else the answer says about it. */
function flat(event: Json): StreamEvent {
  const meta = (typeof event.meta === 'object' && event.meta !== null ? event.meta : event) as Json;
  return {
    ...event,
    type: String(event.type),
    version: Number(event.version),
    revision: Number(event.revision ?? meta.revision),
    recordedAt: String(event.recordedAt ?? meta.recordedAt),
    data: event.data as Json,
  };
}
