import type { Position } from '#ports/event-store/event-store.js';

export type Alarm =
  /** An event that a view's projection cannot take: its stream is left out of that view until `retry`. */
  | { readonly kind: 'stream-parked'; readonly view: string; readonly parked: ParkedStream }
  /** A projection could not reach a store and tries again after `retryInMs`. */
  | {
      readonly kind: 'projection-unavailable';
      readonly view: string;
      readonly code: string;
      /** What the store's driver or the system called it. */
      readonly root: string;
      readonly retryInMs: number;
    }
  /** Sealed values were asked for that neither open nor were erased: a key is missing, or a value is damaged. */
  | { readonly kind: 'values-unreadable'; readonly code: string; readonly values: number }
  /** A decided destruction that is not through yet, and why: `partial`, or the code of what stands in the way. */
  | {
      readonly kind: 'erasure-unfinished';
      readonly destructionId: string;
      readonly code: string;
      readonly retryInMs: number;
    }
  /** A step of a process that failed again and again: its case waits for a person. */
  | { readonly kind: 'process-parked'; readonly process: string; readonly caseId: string; readonly code: string }
  /** The processes could not reach a store and try again. */
  | { readonly kind: 'processes-unavailable'; readonly code: string }
  /** The feed could not reach a store, or the views are behind, and it tries again. */
  | { readonly kind: 'feed-unavailable'; readonly code: string }
  /** A fault of our own keeps a subscriber from being given anything: nothing is skipped, it is tried again. */
  | {
      readonly kind: 'feed-stuck';
      readonly subscriberId: string;
      readonly code: string;
      readonly retryInMs: number;
    }
  /** A complaint that was opened and whose sessions are not held yet, and why. */
  | {
      readonly kind: 'hold-not-placed';
      readonly complaintId: string;
      readonly code: string;
      readonly retryInMs: number;
    };

export interface ParkedStream {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly type: string;
  readonly fault: string;
}

export interface ViewLag {
  readonly view: string;
  /** Position of the last event applied, or scanned without finding anything for this view. */
  readonly applied: string | undefined;
  readonly head: string | undefined;
  /** True when nothing that the view reads lies between `applied` and `head`. */
  readonly caughtUp: boolean;
  /** How long the view has been behind without a pause, in milliseconds; 0 when it is caught up. */
  readonly behindMs: number;
  readonly parked: number;
  /** False while the projection cannot reach a store. */
  readonly running: boolean;
}

export interface RebuildProgress {
  readonly events: number;
  readonly position: Position;
  readonly eventsPerSecond: number;
}

export interface RebuildReport {
  readonly view: string;
  readonly events: number;
  readonly documents: number;
  readonly seconds: number;
  /** Documents in which the rebuilt view differs from the live one as it stood at the same position. */
  readonly differences: readonly { readonly collection: string; readonly id: string; readonly kind: Difference }[];
  readonly parked: readonly ParkedStream[];
}
export type Difference = 'missing' | 'added' | 'changed';
