import { EventStoreError } from '#ports/event-store/event-store.js';

/** gRPC status codes that say more than « it failed ». */
const UNAUTHENTICATED = 16;
const PERMISSION_DENIED = 7;
const INVALID_ARGUMENT = 3;
const UNKNOWN = 2;

/** Thrown by the adapter's own clock: the server has not answered, and nobody knows what it did. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const codeOf = (error: unknown): number | undefined => {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
};
const messageOf = (error: unknown): string => String((error as { message?: unknown } | undefined)?.message ?? error);

/** The call was refused before it left: no connection could be made. Whatever was asked has not been done. */
export const neverSent = (error: unknown): boolean =>
  /No connection established|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|Name resolution failed|Failed to discover/.test(
    messageOf(error),
  );

/** The server refuses who asks, or how: asking again changes nothing. */
export const isRefusal = (error: unknown): boolean => {
  const code = codeOf(error);
  return (
    code === UNAUTHENTICATED ||
    code === PERMISSION_DENIED ||
    code === INVALID_ARGUMENT ||
    /access.denied|InvalidPosition/i.test(messageOf(error))
  );
};

/** The server failed in answering: with positions, its way of saying that one is not at the start of a record. */
export const isUnknown = (error: unknown): boolean => codeOf(error) === UNKNOWN;

/** What to do about a position at which this log has no record. */
export const otherLog = (): EventStoreError =>
  new EventStoreError(
    'invalid-position',
    'EventStoreDB has no event at the position that reading should go on from: the position comes from another log. If TEMOIN_EVENT_STORE names the right one, give TEMOIN_VIEW_STORE an empty place: the views are built again; if not, correct it',
  );

/** What went wrong and what to do, without the connection string (it may hold a password). */
export function asEventStoreError(error: unknown): EventStoreError {
  if ((error as { name?: unknown } | undefined)?.name === 'EventStoreError') return error as EventStoreError;
  return new EventStoreError('unavailable', adviceFor(error), { cause: error });
}

function adviceFor(error: unknown): string {
  const message = messageOf(error);
  const code = codeOf(error);
  if (code === UNAUTHENTICATED || code === PERMISSION_DENIED || /access.denied/i.test(message))
    return 'EventStoreDB refuses the user name or password: check the credentials of TEMOIN_EVENT_STORE';
  if (/certificate|self.signed|SSL|TLS|wrong version number|EPROTO/i.test(message))
    return 'EventStoreDB does not speak the TLS asked for: check tlsCaFile, or tls=false for a plain server on a trusted line';
  if (neverSent(error))
    return 'EventStoreDB cannot be reached: check host and port of TEMOIN_EVENT_STORE, that it runs, and whether it speaks TLS (tls=false is for a plain server on a trusted line, and for no other)';
  if (error instanceof NoAnswer) return 'EventStoreDB does not answer: it may be stopped or overloaded';
  return 'EventStoreDB failed or went away: it is tried again';
}
