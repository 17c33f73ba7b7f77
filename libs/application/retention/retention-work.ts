import type { Role } from '#domain/shared/facts.js';
import type { LocalDate } from '#kernel/time.js';
import { serially } from '../serially.js';
import { type DueCell, planRetention } from './plan-retention.js';
import { type RetentionOptions, type RetentionReport, runRetention } from './run-retention.js';

/** Who had a run begun by hand. */
export interface RunBy {
  readonly actor: string;
  readonly actorRoles: readonly Role[];
}

/** What a person or the night may ask of retention. */
export interface RetentionWork {
  /** The present day in Paris. */
  today(): LocalDate;
  /** What a run on that day would take and leave; changes nothing; the day may be to come. */
  plan(day: LocalDate): Promise<readonly DueCell[]>;
  /** One at a time in this process. @throws RetentionError */
  run(day: LocalDate, by?: RunBy): Promise<RetentionReport>;
}

export function retentionWork(options: RetentionOptions): RetentionWork {
  const { temoin, time } = options;
  const inTurn = serially();
  return {
    today: () => time.toLocal(temoin.clock.now()).date,
    plan: (day) => planRetention(temoin, time, day),
    run: (day, by) => inTurn('run', () => runRetention(by ? { ...options, by } : options, day)),
  };
}
