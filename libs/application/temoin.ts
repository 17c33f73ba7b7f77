import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Opened } from '#kernel/sealed.js';
import type { Clock } from '#ports/clock/clock.js';
import type { EventStore, StoredEvent } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { Opener } from '#ports/opener/opener.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { shutVault } from '#vault/boot-gate.js';
import { liveRootKeys } from '#vault/live-root-keys.js';
import { openVault } from '#vault/open-vault.js';
import type { RootKeySource } from '#vault/root-key.js';
import type { Vault } from '#vault/vault.js';
import type { AsOf, ViewDefinition } from '#views/view.js';
import type { Binding } from './bind.js';
import { eventCodec, type Upcaster } from './codec.js';
import type { CommandEnvelope, CommandOutcome, StateReader } from './command.js';
import { foldedStreams } from './folded-streams.js';
import { type Ids, idsFrom } from './ids.js';
import type { Ownership } from './lease/ownership.js';
import { isOldAccess } from './old-accesses.js';
import type { Alarm, ParkedStream, RebuildProgress, RebuildReport, ViewLag } from './projection/reports.js';
import { viewRunner } from './projection/view-runner.js';
import { type Readiness, readinessOf } from './readiness.js';
import { type ReplayedEvent, type ReplayRange, replayStream } from './replay-stream.js';
import { runDecider } from './run-decider.js';
import { stateReader } from './state-reader.js';

export type { Alarm, Difference, ParkedStream, RebuildProgress, RebuildReport, ViewLag } from './projection/reports.js';
export type { Readiness } from './readiness.js';
export type { ReplayedEvent, ReplayRange } from './replay-stream.js';

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
  /** Steps from versions of events that are no longer written. */
  readonly upcasters?: readonly Upcaster[];
  /** False: another process projects; this one only reads views and gives commands. Default true. */
  readonly project?: boolean;
  /** Where other processes may project too: this one does while it is the owner. Ended by whoever made it. */
  readonly ownership?: Ownership | undefined;
  /** False: the erasure ledger does not say what must be dead, so that nothing is opened (boot gate). Default true. */
  readonly verified?: boolean;
  /** Told what opening answered, value by value: to count. What was opened is not to be kept. */
  readonly onOpened?: (answers: readonly Opened<unknown>[]) => void;
  /** Told of what a person should look at. Never carries personal data. */
  readonly onAlarm?: (alarm: Alarm) => void;
}

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
  /** An opener that knows nothing yet: it asks the key vault for every cell. For reading back what was erased. */
  freshOpener(): Opener;
  readonly keyVault: KeyVault;
  /** False: nothing is opened, every value answers `erasures-unverified`. */
  readonly verified: boolean;
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly clock: Clock;
  readonly views: readonly ViewDefinition[];

  /** Replays one stream, at any date, in the shape of today's events. Nothing for a stream that does not exist. */
  stream(name: string, range?: ReplayRange): AsyncIterable<ReplayedEvent>;
  /** A stored event in the shape of today's declaration, personal values sealed. @throws TemoinError */
  decode(stored: StoredEvent): AnySealedEvent;

  /** Waits until the view is true up to this position. @returns false when time was up first. */
  waitFor(view: string, position: string, timeoutMs: number): Promise<boolean>;
  /** Up to which event the view is true now. */
  asOf(view: string): Promise<AsOf>;
  ready(): Promise<Readiness>;
  lag(): Promise<readonly ViewLag[]>;

  /** Builds the view beside the live one, compares document by document, and swaps. */
  rebuild(view: string, onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport>;
  /** Several views in one pass over the log. Default: all of them. */
  rebuildAll(
    views?: readonly string[],
    onProgress?: (progress: RebuildProgress) => void,
  ): Promise<readonly RebuildReport[]>;
  parked(view: string): Promise<readonly ParkedStream[]>;
  /** Takes parked streams in again by rebuilding the view: documents fold events in global order, so there is no other sound way. */
  retry(view: string, onProgress?: (progress: RebuildProgress) => void): Promise<RebuildReport>;

  /** Stops projections after their present step. Does not close the stores: who opened them does. */
  close(): Promise<void>;
}

/** @throws RootKeyError, and what the stores throw when they cannot be reached */
export async function openTemoin(options: TemoinOptions): Promise<Temoin> {
  const { eventStore, viewStore, keyVault, clock, views, project = true, onAlarm = () => undefined } = options;
  const { verified = true } = options;
  const bindings = options.bindings;
  const roots = await liveRootKeys(options.rootKey);
  const freshVault = () => (verified ? openVault({ keyVault, roots }) : shutVault(openVault({ keyVault, roots })));
  const vault = options.onOpened ? counted(freshVault(), options.onOpened) : freshVault();
  const codec = eventCodec(
    bindings.flatMap(({ events }) => events),
    options.upcasters,
  );
  const streams = foldedStreams(eventStore, codec);
  const reader = stateReader(streams);
  const execute = runDecider({ eventStore, vault, clock, codec, streams, reader, bindings });
  const decode = (stored: StoredEvent) => codec.decode(stored).event;
  const { ownership } = options;
  const runner = await viewRunner({ eventStore, viewStore, decode, views, project, ownership, onAlarm });
  const rebuild: Temoin['rebuild'] = async (view, onProgress) => {
    const [report] = await runner.rebuild([view], onProgress);
    if (!report) throw new TypeError('a rebuild answers with its report');
    return report;
  };
  return {
    execute,
    reader,
    ids: idsFrom(roots),
    vault,
    opener: vault,
    freshOpener: freshVault,
    keyVault,
    verified,
    eventStore,
    viewStore,
    clock,
    views,
    stream: (name, range) =>
      replayStream({ eventStore, codec, opener: vault, hidden: isOldAccess(clock) }, name, range),
    decode,
    waitFor: runner.waitFor,
    asOf: runner.asOf,
    lag: async () => runner.lag(await eventStore.head()),
    ready: readinessOf({ eventStore, viewStore, keyVault, views, runner, verified }),
    rebuild,
    rebuildAll: (names = views.map(({ schema }) => schema.name), onProgress) => runner.rebuild(names, onProgress),
    parked: runner.parked,
    retry: rebuild,
    close: async () => {
      roots.close();
      await runner.stop();
    },
  };
}

const counted = (vault: Vault, onOpened: NonNullable<TemoinOptions['onOpened']>): Vault => ({
  ...vault,
  async open(values) {
    const answers = await vault.open(values);
    onOpened(answers);
    return answers;
  },
});
