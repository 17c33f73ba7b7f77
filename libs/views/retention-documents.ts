import type { Instant, LocalDate } from '#kernel/time.js';

/** A session, a request, a complaint or a case of rights as retention sees it. */
export interface KeptDocument {
  readonly kind: 'session' | 'request' | 'complaint' | 'rights';
  readonly id: string;
  /** Absent only of a request that was not seen yet when a session of it was. */
  readonly memberId?: string;
  /** `under-way`: no period runs yet; `condemned`: its destruction is decided; `destroyed`: its key is gone. */
  readonly state: 'under-way' | 'kept' | 'condemned' | 'destroyed';
  /** Of a session: it took place, or is taking place; its period begins at its end and nothing else moves it. */
  readonly started?: true;
  /** When its period began. */
  readonly endedAt?: Instant;
  /** Of the consent; of the start where there was none. */
  readonly charterVersionId?: string;
  /** Sessions of a request. */
  readonly sessions: readonly string[];
  readonly destructionId?: string;
  readonly condemnedAt?: Instant;
  readonly cause?: string;
}

export interface HoldDocument {
  readonly memberId: string;
  readonly holdId: string;
  readonly cells: readonly string[];
  readonly ground: string;
  readonly state: 'held' | 'released';
  readonly placedAt: Instant;
  readonly reviewOn: LocalDate;
  readonly outerBound: LocalDate;
}

export interface RunDocument {
  readonly runId: string;
  readonly day: LocalDate;
  readonly startedAt: Instant;
  readonly completedAt: Instant;
  readonly due: number;
  readonly destroyed: number;
  readonly held: number;
  readonly failed: number;
  readonly members: number;
  readonly accessLogFrom: Instant;
}
