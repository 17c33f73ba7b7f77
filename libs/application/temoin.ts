import type { EventMeta } from '#kernel/define-event.js';
import type { Opened, Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { Clock } from '#ports/clock/clock.js';
import type { EventStore, Position } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { Opener } from '#ports/opener/opener.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import type { RootKeySource } from '#vault/root-key.js';
import type { Vault } from '#vault/vault.js';
import type { AsOf, ViewDefinition } from '#views/view.js';
import type { Binding } from './bind.js';
import type { CommandEnvelope, CommandOutcome, StateReader } from './command.js';
import type { Ids } from './ids.js';

/** The composed application, without framework: what the service and the command line are thin skins over. */
export interface TemoinOptions {
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly keyVault: KeyVault;
  readonly rootKey: RootKeySource;
  readonly clock: Clock;
  /** Every aggregate with its facts: `[bind(sessionBinding), …]`. One per category. */
  readonly bindings: readonly Binding[];
  readonly views: readonly ViewDefinition[];
  /** False: another process projects; this one only reads views and gives commands. Default true. */
  readonly project?: boolean;
  /** Told of what a person should look at. Never carries personal data. */
  readonly onAlarm?: (alarm: Alarm) => void;
}

export type Alarm =
  /** An event that a view's projection cannot take: its stream is left out of that view until `retry`. */
  | { readonly kind: 'stream-parked'; readonly view: string; readonly parked: ParkedStream }
  /** A projection could not reach a store and tries again after `retryInMs`. */
  | {
      readonly kind: 'projection-unavailable';
      readonly view: string;
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

export interface Readiness {
  /** Stores answer and every view is at most two seconds behind. */
  readonly ready: boolean;
  readonly head: string | undefined;
  readonly views: readonly ViewLag[];
  /** Codes of what does not answer: `event-store`, `view-store`, `key-vault`. */
  readonly faults: readonly string[];
}

export interface ReplayRange {
  /** First revision, included. */
  readonly from?: number;
  readonly limit?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** Only events recorded at or before this instant: the stream as it stood then. */
  readonly recordedUntil?: Instant;
  /** True: personal values are opened (and the caller may read them); false, the default: they stay sealed. */
  readonly open?: boolean;
}

/** An event of a replayed stream. A personal field is `Sealed`, or `Opened` when the range asked for it. */
export interface ReplayedEvent {
  readonly type: string;
  readonly version: number;
  readonly position: Position;
  readonly meta: EventMeta;
  readonly data: Readonly<Record<string, unknown | Sealed<unknown> | Opened<unknown>>>;
  /** Names of the personal fields present in `data`. */
  readonly personal: readonly string[];
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

export interface Temoin {
  /**
   * Decides and stores one command. Business answers are values (see `CommandOutcome`).
   * @throws errors of the ports by `code`: `unavailable`, `unknown-outcome` (give the same command id again), `too-large`
   * @throws TemoinError `unknown-category`
   */
  execute(envelope: CommandEnvelope): Promise<CommandOutcome>;
  /** States of streams, personal fields sealed, always fresh. */
  readonly reader: StateReader;
  readonly ids: Ids;
  readonly vault: Vault;
  readonly opener: Opener;
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly clock: Clock;
  readonly views: readonly ViewDefinition[];

  /** Replays one stream, at any date, in the shape of today's events. Nothing for a stream that does not exist. */
  stream(name: string, range?: ReplayRange): AsyncIterable<ReplayedEvent>;

  /** Waits until the view is true up to this position. @returns false when time was up first. */
  waitFor(view: string, position: string, timeoutMs: number): Promise<boolean>;
  /** Up to which event the view is true now. */
  asOf(view: string): Promise<AsOf>;
  ready(): Promise<Readiness>;
  lag(): Promise<readonly ViewLag[]>;

  /** Builds the view beside the live one, compares document by document, and swaps. */
  rebuild(view: string, onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport>;
  parked(view: string): Promise<readonly ParkedStream[]>;
  /** Takes parked streams in again by rebuilding the view: documents fold events in global order, so there is no other sound way. */
  retry(view: string, onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport>;

  /** Stops projections after their present step. Does not close the stores: who opened them does. */
  close(): Promise<void>;
}

export declare function openTemoin(options: TemoinOptions): Promise<Temoin>;
