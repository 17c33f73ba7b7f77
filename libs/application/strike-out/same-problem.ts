import { requestTextCell } from '#domain/request/decide-strike-out.js';
import { request } from '#domain/request/request.js';
import { isKnown } from '#domain/request/whose.js';
import { textCell } from '#domain/session/decide-strike-out.js';
import { session } from '#domain/session/session.js';
import { reportOf, type StrikeOut } from '#domain/shared/strike-out.js';
import type { StateReader } from '../command.js';

/** A text as a report of it names it, in the journal of a session or in a request. */
export interface TextPlace {
  readonly sessionId?: string;
  readonly requestId?: string;
  readonly targetEventId: string;
  readonly field: string;
}

const PROBLEM = 'problem';

/**
 * The problem is told once and written down in the request and in each session that comes of it: striking it out in one
 * leaves the same words in the others. The places beside this one that nobody has reported yet; whether the words are
 * the same is for people to see, nothing is opened here. Sessions recorded afterwards without an appointment are found
 * from their own side only.
 * @throws what the stores throw
 */
export async function sameProblem(reader: StateReader, place: TextPlace): Promise<readonly TextPlace[]> {
  if (place.field !== PROBLEM) return [];
  const { sessionId } = place;
  const requestId = sessionId === undefined ? place.requestId : (await reader.state(session, sessionId)).requestId;
  if (requestId === undefined) return [];
  const state = await reader.state(request, requestId);
  if (!isKnown(state)) return [];
  const told = problems(state, (eventId) => requestTextCell(state, eventId, PROBLEM));
  const places: TextPlace[] = told.map((one) => ({ requestId, ...one }));
  for (const { sessionId: other } of state.appointments) {
    const journal = await reader.state(session, other);
    const who = { sessionId: other, memberId: state.memberId };
    const written = problems(journal, (eventId) => textCell(journal, who, eventId, PROBLEM));
    places.push(...written.map((one) => ({ sessionId: other, ...one })));
  }
  return places.filter((one) => one.targetEventId !== place.targetEventId);
}

interface WithTexts {
  readonly eventTypes: Readonly<Record<string, string>>;
  readonly strikeOuts: readonly StrikeOut[];
}

/** Texts of a stream named `problem` that are not reported. */
const problems = ({ eventTypes, strikeOuts }: WithTexts, cell: (eventId: string) => string | undefined) =>
  Object.keys(eventTypes)
    .filter((eventId) => cell(eventId) !== undefined && !reportOf(strikeOuts, eventId, PROBLEM))
    .map((targetEventId) => ({ targetEventId, field: PROBLEM }));
