import type { KeptKind } from '#domain/retention/rules.js';
import type { Instant, LocalDate } from '#kernel/time.js';

/** What is kept for a time, as retention sees it. */
export interface KeptDocument {
  readonly kind: KeptKind;
  readonly id: string;
  /** Whose keys they are, the thing itself where no member’s; absent only of a request not seen before a session of it. */
  readonly memberId?: string;
  /** `under-way`: no period runs yet; `condemned`: its destruction is decided; `destroyed`: its key is gone. */
  readonly state: 'under-way' | 'kept' | 'condemned' | 'destroyed';
  /** Of a session: it took place, or is taking place; its period begins at its end and nothing else moves it. */
  readonly started?: true;
  /** When its period began. */
  readonly endedAt?: Instant;
  /** Of the consent; of the start where there was none. */
  readonly charterVersionId?: string;
  /** Of a kind whose period no charter sets. */
  readonly months?: number;
  /** Of somebody of the association: what they do there, and its last day. */
  readonly functions?: readonly { readonly name: string; readonly until?: LocalDate }[];
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
