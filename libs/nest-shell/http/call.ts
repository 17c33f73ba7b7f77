import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ids } from '#application/ids.js';
import type { Role } from '#domain/shared/facts.js';
import type { ExpectedRevision } from '#ports/event-store/event-store.js';
import type { OperationName } from '../operations/operations.js';
import { fault } from '../problems/problem-fault.js';
import { canonicalJson } from './canonical-json.js';

/** The person behind a token. */
export interface Person {
  readonly tokenId: string;
  readonly staffId: string;
  readonly roles: readonly Role[];
}

/** One authenticated request, as far as commands and queries care about how it came. */
export interface Call {
  readonly operation: OperationName;
  readonly person: Person;
  /** The same for a request repeated under its Idempotency-Key. */
  readonly commandId: string;
  /** Undefined without an Idempotency-Key: the command id was drawn for this request, and no other can come with it. */
  readonly requestDigest: string | undefined;
  readonly expectedRevision: ExpectedRevision | undefined;
  readonly correlationId: string;
  readonly request: FastifyRequest;
  /** For headers; the body is what the method returns. */
  readonly reply: FastifyReply;
}

/**
 * Reads the headers that concern a command. An Idempotency-Key counts for one person and one address.
 * @throws ProblemFault `malformed-request` | `precondition-required`
 */
export function callOf(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  operation: OperationName,
  person: Person,
  ids: Ids,
  needsIfMatch: boolean,
): Call {
  const path = request.url.split('?', 1)[0] ?? '';
  const key = headerOf(request, 'idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
    throw badHeader('Idempotency-Key', 'Une clé de 1 à 255 caractères ASCII sans espace est attendue.');
  const ifMatch = headerOf(request, 'if-match');
  if (needsIfMatch && ifMatch === undefined) throw fault('precondition-required');
  const expectedRevision = expectedRevisionOf(ifMatch);
  return {
    operation,
    person,
    commandId:
      key === undefined ? ids.freshCommandId() : ids.commandId(person.staffId, `${request.method} ${path}\n${key}`),
    requestDigest:
      key === undefined
        ? undefined
        : ids.requestDigest(`${request.method} ${path}\n${canonicalJson(request.body ?? null)}`),
    expectedRevision,
    correlationId: request.id,
    request,
    reply,
  };
}

/** `"12"` → 12; `"-1"`: nothing there yet; `*`: whatever is there, said on purpose. */
function expectedRevisionOf(header: string | undefined): ExpectedRevision | undefined {
  if (header === undefined || header === '*') return undefined;
  const [, digits] = /^"(-1|\d{1,9})"$/.exec(header) ?? [];
  if (digits === undefined) throw badHeader('If-Match', 'Un seul ETag est attendu, tel que reçu : "12".');
  return digits === '-1' ? 'no-stream' : Number(digits);
}

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

const badHeader = (name: string, detail: string) =>
  fault('malformed-request', { errors: [{ pointer: `/header/${name}`, detail }] });

/**
 * On the request itself. A WeakMap would keep every request, with its answer, from the quick collection of garbage: what an
 * old map holds by a new key counts as living until the next full one.
 */
const CALL = Symbol('call');
type Called = FastifyRequest & { [CALL]?: Call };
export const remember = (call: Call): void => {
  (call.request as Called)[CALL] = call;
};

/** The call of an authenticated request, in a controller's method. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const call = context.switchToHttp().getRequest<Called>()[CALL];
  if (call === undefined) throw fault('not-authenticated');
  return call;
});
