import type { Decider } from '#kernel/decider.js';
import type { AnyEvent, AnySealedEvent, EventDefinition } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { Instant } from '#kernel/time.js';
import type { ExpectedRevision } from '#ports/event-store/event-store.js';
import type { CellListing } from '#ports/key-vault/key-vault.js';

/** A command on its way to one stream. */
export interface CommandEnvelope<C extends { readonly type: string } = { readonly type: string }> {
  /** A UUID. The same id again answers the first receipt and changes nothing. */
  readonly commandId: string;
  /** Opaque id of the person who gives the command (a staff id); `system` for processes. */
  readonly actor: string;
  /** Roles the person acts under (`Director`, …); facts for deciders, never stored. */
  readonly actorRoles: readonly string[];
  /** `<category>-<id>`: the stream the command is for. */
  readonly stream: string;
  readonly command: C;
  /** What the caller saw (If-Match); undefined: whatever is there now. */
  readonly expectedRevision?: ExpectedRevision;
  /** The stream’s id was made for this very command, which nobody can have given before: there is nothing to read. */
  readonly unwritten?: true;
  /** HMAC of the request, to tell a retry from another request under the same Idempotency-Key. */
  readonly requestDigest?: string;
  /** What links the events of one request or one case in the server's own tools (a UUID). Default: the command's id. */
  readonly correlationId?: string;
  /** The command that this one follows from (a UUID). Default: the command itself, which causes its events. */
  readonly causationId?: string;
}

export interface Receipt {
  readonly commandId: string;
  readonly stream: string;
  /** Revision of the stream after the command; -1 when the stream is still empty. */
  readonly revision: number;
  /** Position of the last event of the command: ask a query to wait for it. Undefined when nothing was appended. */
  readonly position: string | undefined;
  /** Types of the events appended, in order; empty when the command was satisfied already. */
  readonly events: readonly string[];
  /** Kinds of what its texts hold and might better not (`phone`): recorded all the same. Absent when there is none. */
  readonly warnings?: readonly string[];
}

export type CommandOutcome =
  | { readonly outcome: 'accepted'; readonly receipt: Receipt; readonly repeated: boolean }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** The stream moved on from `expectedRevision`, or was still contended after three tries. */
  | { readonly outcome: 'conflict'; readonly actual: ExpectedRevision }
  /** Same command id, other request. */
  | { readonly outcome: 'command-id-reused' }
  /** Personal data for a destroyed cell: nothing was stored. Since when, and the reference of the proof. */
  | { readonly outcome: 'erased'; readonly erasedAt: Instant; readonly proof: string };

/** Reads the state of another stream, for facts. Personal fields stay sealed. */
export interface StateReader {
  /** Folds the whole stream `<category>-<id>`; the initial state when it does not exist. */
  state<S>(aggregate: Aggregate<never, AnyEvent, never, S, never>, id: string): Promise<S>;
}

/** What a facts loader is given: everything that a decision may depend on besides the stream itself. */
export interface FactsInput<C, S> {
  readonly envelope: CommandEnvelope & { readonly command: C };
  /** Id part of the stream name. */
  readonly id: string;
  readonly state: S;
  readonly reader: StateReader;
  /** Every key cell of a data subject, those destroyed included. */
  readonly cells: (subject: string) => Promise<readonly CellListing[]>;
  readonly now: Instant;
}

/** An aggregate with the loader of its facts, as the runner takes it. */
export interface BoundAggregate<
  C extends { readonly type: string } = never,
  E extends AnyEvent = AnyEvent,
  SE extends AnySealedEvent = never,
  S = never,
  F = never,
> {
  readonly aggregate: Aggregate<C, E, SE, S, F>;
  readonly facts: (input: FactsInput<C, S>) => Promise<F>;
}

/** What the runner needs to know about an aggregate besides its decider. */
export interface Aggregate<C extends { readonly type: string }, E extends AnyEvent, SE extends AnySealedEvent, S, F> {
  /** Stream category: streams are `<category>-<id>`. */
  readonly category: string;
  readonly decider: Decider<C, E, SE, S, F>;
  readonly events: readonly EventDefinition[];
}
