import { LRUCache } from 'lru-cache';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Appended, EventStore, Position } from '#ports/event-store/event-store.js';
import type { Codec } from './codec.js';

/** What was left in a stream by a command: enough to answer its receipt again. */
export interface CommandTrace {
  readonly requestDigest: string | undefined;
  readonly revision: number;
  readonly position: Position;
  readonly events: readonly string[];
  /** As in the receipt. */
  readonly warnings?: readonly string[];
}

/** A stream folded up to a revision. Holds sealed values only. */
export interface FoldedStream {
  readonly state: unknown;
  /** -1 when the stream does not exist. */
  readonly revision: number;
  /** Shared by all who hold this stream, and only ever added to: it may know commands after `revision`. */
  readonly commands: ReadonlyMap<string, CommandTrace>;
}

/** How a stream is folded; `fold` is its identity. */
export interface Fold {
  readonly fold: object;
  readonly initial: unknown;
  readonly evolve: (state: unknown, event: AnySealedEvent) => unknown;
}

interface Kept extends FoldedStream {
  readonly fold: object;
  readonly commands: Map<string, CommandTrace>;
}

/**
 * Folded streams, kept for a while so that a long stream is not read from its start each time. What is kept may be
 * behind: other processes write too.
 */
export interface FoldedStreams {
  /** A stream that nobody wrote to. */
  none(fold: Fold): FoldedStream;
  /** What is kept, however old; undefined when nothing is. */
  peek(fold: Fold, stream: string): FoldedStream | undefined;
  /**
   * Reads what was written since, and answers the stream as it is now. Those who ask in one turn of the event loop, as many
   * commands do for the charter or one member, read it once, after they all asked.
   */
  catchUp(fold: Fold, stream: string): Promise<FoldedStream>;
  /** Takes in what this process has just appended after `before`. */
  advance(
    fold: Fold,
    stream: string,
    before: FoldedStream,
    events: readonly AnySealedEvent[],
    appended: Appended,
    requestDigest: string | undefined,
  ): CommandTrace;
}

export function foldedStreams(eventStore: EventStore, codec: Codec, max = 5000): FoldedStreams {
  const kept = new LRUCache<string, Kept>({ max });
  const keep = (stream: string, entry: Kept): FoldedStream => {
    const there = kept.peek(stream);
    if (there?.fold !== entry.fold || there.revision < entry.revision) kept.set(stream, entry);
    return entry;
  };
  const find = ({ fold }: Fold, stream: string): Kept | undefined => {
    const found = kept.get(stream);
    return found?.fold === fold ? found : undefined;
  };

  async function readOn(fold: Fold, stream: string): Promise<FoldedStream> {
    const from = find(fold, stream);
    let state = from ? from.state : fold.initial;
    let revision = from?.revision ?? -1;
    const found = new Map<string, CommandTrace>();
    for await (const stored of eventStore.readStream(stream, { from: revision + 1 })) {
      const { event, metadata } = codec.decode(stored);
      state = fold.evolve(state, event);
      revision = stored.revision;
      const before = found.get(metadata.commandId);
      found.set(metadata.commandId, {
        requestDigest: metadata.requestDigest,
        revision,
        position: stored.position,
        events: [...(before?.events ?? []), stored.type],
        ...warnedOf([event], before?.warnings),
      });
    }
    if (from && revision === from.revision) return from;
    // Appends are atomic and a command makes one: what was found is whole, whoever else catches up meanwhile.
    const commands = from?.commands ?? new Map<string, CommandTrace>();
    for (const [commandId, trace] of found) commands.set(commandId, trace);
    return keep(stream, { fold: fold.fold, state, revision, commands });
  }

  /** Readings that have not begun. */
  const coming = new Map<string, { readonly fold: object; readonly reading: Promise<FoldedStream> }>();

  return {
    none: ({ initial }) => ({ state: initial, revision: -1, commands: new Map() }),

    peek: find,

    catchUp(fold, stream) {
      const joined = coming.get(stream);
      if (joined) return joined.fold === fold.fold ? joined.reading : readOn(fold, stream);
      const reading = nextTurn().then(() => {
        coming.delete(stream);
        return readOn(fold, stream);
      });
      coming.set(stream, { fold: fold.fold, reading });
      return reading;
    },

    advance(fold, stream, before, events, appended, requestDigest) {
      const trace = { requestDigest, ...appended, events: events.map(({ type }) => type), ...warnedOf(events) };
      const commands = find(fold, stream)?.commands ?? new Map(before.commands);
      const first = events[0];
      if (first) commands.set(first.meta.commandId, trace);
      const state = events.reduce(fold.evolve, before.state);
      keep(stream, { fold: fold.fold, state, revision: appended.revision, commands });
      return trace;
    },
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What the lint of free text left in the events (3.3 a). */
function warnedOf(events: readonly AnySealedEvent[], before: readonly string[] = []): Pick<CommandTrace, 'warnings'> {
  const kinds = new Set(before);
  for (const { data } of events)
    if (Array.isArray(data.lintWarnings)) for (const kind of data.lintWarnings) kinds.add(String(kind));
  return kinds.size === 0 ? {} : { warnings: [...kinds] };
}
