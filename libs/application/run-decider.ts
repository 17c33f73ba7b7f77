import { isRefusal } from '#kernel/refusal.js';
import type { Clock } from '#ports/clock/clock.js';
import type { Appended, EventStore, ExpectedRevision } from '#ports/event-store/event-store.js';
import type { Vault } from '#vault/vault.js';
import type { Binding } from './bind.js';
import type { Codec } from './codec.js';
import type { CommandEnvelope, CommandOutcome, StateReader } from './command.js';
import { codeOf, TemoinError } from './fault.js';
import type { CommandTrace, FoldedStream, FoldedStreams } from './folded-streams.js';
import { digestsDiffer } from './ids.js';
import { type SealedAppend, sealEvents } from './seal-events.js';
import { serially } from './serially.js';

export interface RunDeciderOptions {
  readonly eventStore: EventStore;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly codec: Codec;
  readonly streams: FoldedStreams;
  readonly reader: StateReader;
  readonly bindings: readonly Binding[];
}

/** How many times a command is decided again after others wrote to its stream. */
const RETRIES = 3;

/** One try: an outcome, or the reason to look at the stream again. */
type Tried = CommandOutcome | { readonly outcome: 'moved' } | { readonly outcome: 'stale' };

/**
 * Runs commands: load, decide, seal, append with the exact revision.
 *
 * Commands of this process to one stream queue up and so never contend with each other; other processes are met by
 * conflict. A decision may be made on a kept state that is behind: the append then fails and nothing is lost. An answer
 * that appends nothing (refusal, satisfied, conflict) is given only from a state that has just been caught up.
 */
export function runDecider(options: RunDeciderOptions): (envelope: CommandEnvelope) => Promise<CommandOutcome> {
  const bindings = new Map(options.bindings.map((one) => [one.category, one]));
  if (bindings.size !== options.bindings.length) throw new TypeError('two aggregates are bound to one category');
  const inTurn = serially();

  return async (envelope) => {
    const { category, id } = partsOf(envelope.stream);
    const binding = bindings.get(category);
    if (!binding || id === '')
      throw new TemoinError('unknown-category', `no aggregate is bound to the category « ${category} »`);
    return inTurn(envelope.stream, () => runInTurn(options, binding, id, envelope));
  };
}

async function runInTurn(
  options: RunDeciderOptions,
  binding: Binding,
  id: string,
  envelope: CommandEnvelope,
): Promise<CommandOutcome> {
  const { streams } = options;
  const { stream, unwritten } = envelope;
  let loaded = streams.peek(binding, stream);
  let fresh = loaded === undefined;
  loaded ??= unwritten ? streams.none(binding) : await streams.catchUp(binding, stream);
  for (let retries = 0; ; ) {
    const tried = await tryOnce(options, binding, id, envelope, loaded, fresh);
    if (tried.outcome !== 'moved' && tried.outcome !== 'stale') return tried;
    if (tried.outcome === 'moved' && fresh) {
      retries += 1;
      if (retries > RETRIES) return { outcome: 'conflict', actual: revisionOf(await streams.catchUp(binding, stream)) };
      await pause(retries);
    }
    loaded = await streams.catchUp(binding, stream);
    fresh = true;
  }
}

async function tryOnce(
  options: RunDeciderOptions,
  binding: Binding,
  id: string,
  envelope: CommandEnvelope,
  loaded: FoldedStream,
  fresh: boolean,
): Promise<Tried> {
  const repeated = loaded.commands.get(envelope.commandId);
  if (repeated) return repeat(envelope, repeated);
  const { expectedRevision } = envelope;
  if (expectedRevision !== undefined && expectedRevision !== revisionOf(loaded))
    return fresh ? { outcome: 'conflict', actual: revisionOf(loaded) } : { outcome: 'stale' };

  const now = options.clock.now();
  const { reader, vault } = options;
  const cells = (subject: string) => vault.list(subject);
  const facts = await binding.facts({ envelope, id, state: loaded.state, reader, cells, now });
  const decided = binding.decide(envelope.command, loaded.state, facts);
  if (isRefusal(decided)) return fresh ? { outcome: 'refused', refusal: decided } : { outcome: 'stale' };
  if (decided.length === 0) return fresh ? satisfied(envelope, loaded) : { outcome: 'stale' };

  const sealed = await sealEvents(options.vault, options.codec, envelope, decided, now, loaded.revision + 1);
  if (sealed.outcome === 'erased') return sealed;
  const appended = await appendOrReadBack(options, binding, envelope, loaded, sealed);
  if (appended === 'moved') return { outcome: 'moved' };
  if ('events' in appended) return accepted(envelope, appended, false);
  const trace = options.streams.advance(
    binding,
    envelope.stream,
    loaded,
    sealed.events,
    appended,
    envelope.requestDigest,
  );
  return accepted(envelope, trace, false);
}

/**
 * Appends, and when the outcome is unknown reads back before anything else: found, it is the receipt; not found on a
 * stream that has not moved, the very same append is sent again, which engines recognise; on a stream that moved, an
 * append with that exact revision can never land any more.
 */
async function appendOrReadBack(
  { eventStore, streams }: RunDeciderOptions,
  binding: Binding,
  { stream, commandId }: CommandEnvelope,
  loaded: FoldedStream,
  { newEvents }: SealedAppend,
): Promise<Appended | CommandTrace | 'moved'> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await eventStore.append(stream, revisionOf(loaded), newEvents);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'wrong-expected-revision') return 'moved';
      if (code !== 'unknown-outcome' || tries >= RETRIES) throw error;
      const now = await streams.catchUp(binding, stream);
      const found = now.commands.get(commandId);
      if (found) return found;
      if (now.revision !== loaded.revision) return 'moved';
      await pause(tries + 1);
    }
  }
}

const revisionOf = ({ revision }: FoldedStream): ExpectedRevision => (revision < 0 ? 'no-stream' : revision);

function repeat(envelope: CommandEnvelope, trace: CommandTrace): CommandOutcome {
  if (digestsDiffer(trace.requestDigest, envelope.requestDigest)) return { outcome: 'command-id-reused' };
  return accepted(envelope, trace, true);
}

const accepted = (
  { commandId, stream }: CommandEnvelope,
  { revision, position, events, warnings }: CommandTrace,
  repeated: boolean,
): CommandOutcome => ({
  outcome: 'accepted',
  receipt: { commandId, stream, revision, position, events, ...(warnings === undefined ? {} : { warnings }) },
  repeated,
});

const satisfied = ({ commandId, stream }: CommandEnvelope, { revision }: FoldedStream): CommandOutcome => ({
  outcome: 'accepted',
  receipt: { commandId, stream, revision, position: undefined, events: [] },
  repeated: false,
});

/** `<category>-<id>`; the id may hold hyphens, the category never does. */
function partsOf(stream: string): { readonly category: string; readonly id: string } {
  const hyphen = stream.indexOf('-');
  return hyphen < 0
    ? { category: stream, id: '' }
    : { category: stream.slice(0, hyphen), id: stream.slice(hyphen + 1) };
}

/** Two processes that keep colliding must not do so in step. */
const pause = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 4 * 2 ** tries));
