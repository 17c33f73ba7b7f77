import { type DestinationStream, type Logger, pino } from 'pino';
import type { Alarm } from '#application/temoin.js';
import type { FaultLog } from '#nest-shell/http/problem-filter.js';
import type { AnsweredRequest } from '#nest-shell/service-parts.js';
import { bindings } from '../composition/bindings.js';
import type { Configuration } from '../composition/configuration.js';

/** Not declared as personal data anywhere, and yet no business of a log's. */
const NEVER = ['authorization', 'body', 'query', 'url', 'token', 'message'];

/** Names of all personal fields that an event declares: a new one is left out of logs from the day it is declared. */
export const personalNames = (): readonly string[] => [
  ...new Set(
    bindings
      .flatMap(({ events }) => events)
      .flatMap(({ data }) => Object.entries(data).flatMap(([name, field]) => (field.personal ? [name] : []))),
  ),
];

/**
 * JSON lines on standard error. What may be logged is chosen field by field: codes, opaque ids, durations. Bodies, query
 * strings, addresses of people and names never reach the logger; redaction is the second lock. Of an error its kind, its code
 * and where it was thrown are told: a message may repeat what somebody wrote.
 */
export function openLog(
  level: Configuration['logLevel'],
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  const paths = [...NEVER, ...personalNames()].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino(
    { level, base: { service: 'temoin' }, serializers: { err: kindOfError }, redact: { paths, remove: true } },
    destination,
  );
}

function kindOfError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { name: kind, code, stack = '' } = error as Error & { readonly code?: unknown };
  return { kind, code, stack: stack.split('\n').filter((line) => /^\s+at /.test(line)) };
}

export const logFault =
  (log: Logger): FaultLog =>
  ({ correlationId, name, code, stack }) =>
    log.error({ correlationId, fault: name, code, stack }, 'unexpected fault');

export const logAnswer =
  (log: Logger) =>
  (answer: AnsweredRequest): void => {
    if (answer.status >= 500) log.warn(answer, 'answered');
    else log.debug(answer, 'answered');
  };

export const logAlarm =
  (log: Logger) =>
  (alarm: Alarm): void => {
    if (alarm.kind === 'stream-parked') {
      const { stream, revision, position, type, fault } = alarm.parked;
      log.error({ view: alarm.view, stream, revision, position, type, fault }, 'stream parked');
    } else if ('code' in alarm && alarm.code === 'invalid-position') log.error(alarm, OTHER_LOG);
    else log.warn(alarm, SAID[alarm.kind]);
  };

/** Who does what one process does alone. */
export const logTurn =
  (log: Logger) =>
  (turn: 'taken' | 'lost' | 'unavailable', code?: string): void => {
    if (turn === 'taken') log.info('this process projects and does the background work now');
    else if (turn === 'lost') log.warn('another process projects and does the background work now');
    else log.warn({ code }, 'the lease of the background work could not be asked for');
  };

const OTHER_LOG =
  'positions come from another event log: check TEMOIN_EVENT_STORE; if it is the right one, give TEMOIN_VIEW_STORE an empty place and the views are built again';

const SAID: Readonly<Record<Exclude<Alarm['kind'], 'stream-parked'>, string>> = {
  'projection-unavailable': 'projection unavailable',
  'values-unreadable': 'values do not open and were not erased',
  'erasure-unfinished': 'erasure not finished, tried again',
  'hold-not-placed': 'hold of a complaint not placed yet, tried again',
  'process-parked': 'a step of a process failed again and again and waits for a person: temoin process list',
  'processes-unavailable': 'processes cannot go on for now, tried again',
  'feed-unavailable': 'the feed cannot go on for now, tried again',
  'feed-stuck': 'a subscriber cannot be given anything for now, tried again',
};

/** What the night did, in numbers; what went wrong, by its code. */
export const logNight = (log: Logger) => ({
  onDone(night: string, step: string, report: Readonly<Record<string, unknown>>): void {
    const told = { night, step, ...report };
    if (report.outcome === 'blocked') log.error(told, 'rotation of the root key needs a person: temoin keys rotate');
    else if (report.skipped === 'backups-by-hand')
      log.warn(told, 'root key not rotated: no backup would open. Set TEMOIN_BACKUP_DIR, or: temoin keys rotate');
    else log.info(told, 'nightly');
  },
  onFault(night: string, step: string, error: unknown): void {
    const { name, code, stack } = error as {
      readonly name?: unknown;
      readonly code?: unknown;
      readonly stack?: unknown;
    };
    log.error({ night, step, fault: name, code, stack }, 'nightly step failed; tried again in a while');
  },
});
