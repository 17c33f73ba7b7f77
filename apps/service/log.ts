import { type Logger, pino } from 'pino';
import type { Alarm } from '#application/temoin.js';
import type { FaultLog } from '#nest-shell/http/problem-filter.js';
import type { AnsweredRequest } from '#nest-shell/service-parts.js';
import type { Configuration } from '../composition/configuration.js';

/**
 * JSON lines on standard error. What may be logged is chosen field by field: codes, opaque ids, durations. Bodies, query
 * strings, addresses of people and names never reach the logger; redaction is the second lock.
 */
export function openLog(level: Configuration['logLevel']): Logger {
  const redact = [
    'authorization',
    'body',
    'query',
    'url',
    'name',
    'email',
    'phone',
    'token',
    'err.message',
    '*.message',
  ];
  return pino(
    {
      level,
      base: { service: 'temoin' },
      redact: { paths: redact.flatMap((path) => [path, `*.${path}`]), remove: true },
    },
    pino.destination({ dest: 2, sync: true }),
  );
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
    } else log.warn(alarm, SAID[alarm.kind]);
  };

const SAID: Readonly<Record<Exclude<Alarm['kind'], 'stream-parked'>, string>> = {
  'projection-unavailable': 'projection unavailable',
  'values-unreadable': 'values do not open and were not erased',
  'erasure-unfinished': 'erasure not finished, tried again',
  'hold-not-placed': 'hold of a complaint not placed yet, tried again',
};
