import { fault, type ProblemFault } from './problem-fault.js';
import type { ShellProblemCode } from './shell-problems.js';

/** Faults of the stores, by error name and code. What is not here is an unexpected fault: a 500. */
const storeFaults: Readonly<Record<string, ShellProblemCode>> = {
  'EventStoreError unavailable': 'dependency-unavailable',
  'EventStoreError closed': 'stopping',
  'EventStoreError unknown-outcome': 'outcome-unknown',
  'EventStoreError too-large': 'body-too-large',
  'ViewStoreError unavailable': 'dependency-unavailable',
  'ViewStoreError closed': 'stopping',
  'ViewStoreError invalid-query': 'malformed-request',
  'KeyVaultError unavailable': 'dependency-unavailable',
  'KeyVaultError closed': 'stopping',
};

/** Faults that Fastify finds before or while it reads a request, by code. */
const fastifyFaults: Readonly<Record<string, ShellProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-body',
  FST_ERR_BAD_URL: 'malformed-request',
  FST_ERR_ASYNC_CONSTRAINT: 'malformed-request',
  FST_ERR_MAX_PARAM_LENGTH: 'address-too-long',
};

const byStatus: Readonly<Record<number, ShellProblemCode>> = {
  400: 'malformed-request',
  401: 'not-authenticated',
  403: 'role-missing',
  404: 'unknown-route',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
  431: 'headers-too-large',
  503: 'stopping',
};

const RETRY: ReadonlySet<ShellProblemCode> = new Set([
  'dependency-unavailable',
  'outcome-unknown',
  'view-behind',
  'stopping',
]);

/**
 * What a thrown value means to a caller.
 * @returns undefined for the unknown: a 500 whose cause only the log tells
 */
export function faultOf(thrown: unknown): ProblemFault | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { name, code, statusCode, status } = thrown as Readonly<Record<string, unknown>>;
  if (name === 'ProblemFault') return thrown as ProblemFault;
  const known =
    storeFaults[`${String(name)} ${String(code)}`] ??
    (typeof code === 'string' ? fastifyFaults[code] : undefined) ??
    byStatus[Number(statusCode ?? status)];
  if (!known) return undefined;
  return fault(known, RETRY.has(known) ? { retryAfter: 2 } : {});
}
