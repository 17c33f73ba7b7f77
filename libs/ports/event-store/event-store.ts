/**
 * The append-only log. Written with EventStoreDB in mind: one stream per append, opaque positions, catch-up subscriptions.
 * Bytes are stored as given and are never rewritten: they are the same on every engine.
 */

declare const positionBrand: unique symbol;
/**
 * A place in the log's one global order. Opaque; compares correctly as text on one engine; stable across restarts.
 * Engines write it as 20 decimal digits.
 */
export type Position = string & { readonly [positionBrand]: true };

export interface NewEvent {
  /** A UUID (RFC 9562), lower case. Deterministic, so that a retry is recognised. */
  readonly eventId: string;
  readonly type: string;
  /** UTF-8 JSON object as `JSON.stringify` writes it. */
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface StoredEvent extends NewEvent {
  readonly stream: string;
  /** 0 for the first event of a stream, without gaps. */
  readonly revision: number;
  readonly position: Position;
}

/** `no-stream`: the stream must not exist yet. There is nothing looser: "any" duplicates after a server restart. */
export type ExpectedRevision = number | 'no-stream';

export interface Appended {
  /** Revision and position of the last event appended. */
  readonly revision: number;
  readonly position: Position;
}

/** What a subscription delivers: events in global order, and now and then how far a quiet stretch was scanned. */
export type Delivery =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'checkpoint'; readonly position: Position };

export interface ReadStreamOptions {
  readonly direction?: 'forwards' | 'backwards';
  /** First revision to give, included. Default: the first event forwards, the last one backwards. */
  readonly from?: number;
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Give only events after this position (excluded). Default: from the start. */
  readonly after?: Position;
  /** Keep only streams whose name starts with one of these; an empty list keeps none. Default: all. */
  readonly streamPrefixes?: readonly string[];
  /** Leave out events of these types: for whoever wants few of many, and must not miss one whose type says something else. */
  readonly withoutTypes?: readonly string[];
  readonly limit?: number;
}

export interface SubscribeOptions {
  readonly after?: Position;
  readonly streamPrefixes?: readonly string[];
  /** Ends the iteration without an error. */
  readonly signal?: AbortSignal;
}

export interface EventStore {
  /**
   * Appends at least one event to one stream, all or none; answers once they are on disk.
   * Repeating the very same append (same ids, same expected revision) answers as the first time, even after a restart;
   * only ids are compared, since sealing the same fact twice gives other bytes. An id that is used in another stream, or
   * again at the current revision, is not noticed: ids are made from the stream and the command.
   * @throws EventStoreError `wrong-expected-revision` the stream is elsewhere: reload and decide again
   * @throws EventStoreError `unknown-outcome` stored or not: read back before any retry
   * @throws EventStoreError `invalid-append` empty list, id that is no UUID, an id twice, bad stream name: a fault of the caller
   * @throws EventStoreError `too-large` more than {@link MAX_APPEND_BYTES} in one call
   * @throws EventStoreError `unavailable` nothing was stored: retry later
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;

  /** Events of one stream in order; nothing for a stream that does not exist. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<StoredEvent>;

  /** Events in global order up to the present end, then it ends. */
  readAll(options?: ReadAllOptions): AsyncIterable<StoredEvent>;

  /**
   * Events in global order: history, then live, for ever. No gap and no duplicate between the two. The consumer is
   * awaited: a slow one holds the subscription back and costs no memory. Reconnects by itself from the last delivery.
   * The iteration throws only what reconnecting cannot mend, `invalid-position` among it: where the engine can tell, a
   * position at which its log has no event comes from another one.
   */
  subscribe(options?: SubscribeOptions): AsyncIterable<Delivery>;

  /** Position of the last event stored, or undefined when there is none. */
  head(): Promise<Position | undefined>;

  /** Waits for appends in flight, ends subscriptions, frees files and connections. Every later call is refused as `closed`. */
  close(): Promise<void>;
}

/** EventStoreDB refuses appends above 1 MiB; every engine refuses them, with room for framing. */
export const MAX_APPEND_BYTES = 1_000_000;

export type EventStoreErrorCode =
  | 'wrong-expected-revision'
  | 'unknown-outcome'
  | 'invalid-append'
  | 'too-large'
  /** A position that this engine never gave: a fault of the caller. */
  | 'invalid-position'
  | 'unavailable'
  | 'closed';

/** Known by its `code`, not by its class. */
export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';
  constructor(
    readonly code: EventStoreErrorCode,
    message: string,
    options?: ErrorOptions & { readonly actual?: number | 'no-stream' },
  ) {
    super(message, options);
    this.actual = options?.actual;
  }
  /** For `wrong-expected-revision`: where the stream really is. */
  readonly actual: number | 'no-stream' | undefined;
}
