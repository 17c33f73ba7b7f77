import type { Clock } from '#ports/clock/clock.js';
import { accessLogStart } from '#views/accesses.js';
import type { ReplayedEvent } from './replay-stream.js';

/**
 * A consultation that the access log no longer shows. It names nobody (opaque ids, a purpose, a time) and stays in the log
 * of events, which is never rewritten; nothing that reads streams gives it out.
 */
export const isOldAccess =
  (clock: Clock) =>
  ({ type, data }: Pick<ReplayedEvent, 'type' | 'data'>): boolean =>
    type === 'FileConsulted' && String(data.at) < accessLogStart(clock.now());
