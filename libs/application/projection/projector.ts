import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Delivery, EventStore, StoredEvent } from '#ports/event-store/event-store.js';
import type { Fence, ViewSchema, ViewStore } from '#ports/view-store/view-store.js';
import type { ViewDefinition } from '#views/view.js';
import { codeOf } from '../fault.js';
import { serially } from '../serially.js';
import { applyBatch, FencedOff } from './apply-batch.js';
import { batches } from './batches.js';
import { faultOf, readParkedStreams, withParkedStreams } from './parked-streams.js';
import { type Progress, progress } from './progress.js';
import type { Alarm } from './reports.js';

export interface ProjectorOptions {
  readonly eventStore: EventStore;
  readonly viewStore: ViewStore;
  readonly decode: (stored: StoredEvent) => AnySealedEvent;
  readonly onAlarm: (alarm: Alarm) => void;
  /** The lease under which this process projects; absent: nobody else can be. */
  readonly fence?: Fence | undefined;
  /** Another process holds the lease by now: this projector has stopped. */
  readonly onFenced?: () => void;
}

/** Keeps one view up to date, from its checkpoint, for as long as it is not stopped. */
export interface Projector {
  readonly view: ViewDefinition;
  /** The view's schema with the runner's own collection. */
  readonly schema: ViewSchema;
  readonly progress: Progress;
  /** False while a store cannot be reached. */
  readonly running: boolean;
  readonly parkedCount: number;
  /** Runs a task between two steps: nothing is applied meanwhile. The view is read again from its checkpoint afterwards. */
  paused<T>(task: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const BATCH = { max: 500, lingerMs: 20 };
/** A view of quiet streams keeps how far it looked this often; until then a restart looks at the same stretch again. */
const KEEP_QUIET_MS = 10_000;
const BACKOFF = { firstMs: 50, mostMs: 5000 };

export function startProjector(view: ViewDefinition, options: ProjectorOptions): Projector {
  const { eventStore, viewStore, onAlarm } = options;
  const schema = withParkedStreams(view.schema);
  const reached = progress();
  const inTurn = serially();
  const stopping = new AbortController();
  let restart = new AbortController();
  let parked = new Set<string>();
  let running = false;
  /** The checkpoint this projector has seen stored last; empty before the first one. Compares as text. */
  let stored = '';
  let quietSince = 0;

  /** Looks again at what other processes may have done. @returns false when the view was swapped for an older state */
  async function lookAgain(): Promise<boolean> {
    const now = (await viewStore.checkpoint(schema)) ?? '';
    if (now < stored) return false;
    if (now > stored) parked = await parkedNow();
    stored = now;
    return true;
  }
  const parkedNow = async () => new Set((await readParkedStreams(viewStore, schema)).map(({ stream }) => stream));

  /** @returns false when the view must be read again from its checkpoint: a rebuild has put another in its place */
  async function step(deliveries: readonly Delivery[], from: AbortSignal): Promise<boolean> {
    const last = deliveries.at(-1);
    const checkpoint = last?.kind === 'event' ? last.event.position : last?.position;
    if (checkpoint === undefined) return true;
    if (from.aborted || !(await lookAgain())) return false;
    const events = deliveries.flatMap((one) =>
      one.kind === 'event' && one.event.position > stored ? [one.event] : [],
    );
    if (events.length > 0 || Date.now() - quietSince > KEEP_QUIET_MS) {
      const context = { viewStore, decode: options.decode, fence: options.fence };
      for (const one of await applyBatch(context, view, schema, events, checkpoint, parked)) {
        parked.add(one.stream);
        onAlarm({ kind: 'stream-parked', view: view.schema.name, parked: one });
      }
      if (checkpoint > stored) stored = checkpoint;
      quietSince = Date.now();
    }
    reached.reach(checkpoint);
    return true;
  }

  /** Ends when it is stopped or when the view was swapped. */
  async function follow(): Promise<void> {
    restart = new AbortController();
    const from = restart.signal;
    await viewStore.prepare(schema);
    const after = await viewStore.checkpoint(schema);
    parked = await parkedNow();
    stored = after ?? '';
    quietSince = Date.now();
    reached.reset(after);
    running = true;
    const source = eventStore.subscribe({
      streamPrefixes: view.streamPrefixes,
      signal: AbortSignal.any([stopping.signal, from]),
      ...(after === undefined ? {} : { after }),
    });
    // Whatever ends the loop must end the subscription first: it may be waiting for an event that never comes.
    const leave = restart;
    for await (const batch of batches(source, BATCH)) {
      const goOn =
        !stopping.signal.aborted && (await endingOnFailure(leave, () => inTurn('step', () => step(batch, from))));
      if (!goOn) return;
    }
    if (!stopping.signal.aborted && !from.aborted) await sleep(BACKOFF.firstMs, stopping.signal);
  }

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      const before = stored;
      try {
        await follow();
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) break;
        running = false;
        if (error instanceof FencedOff) {
          options.onFenced?.();
          return;
        }
        if (stored !== before) failures = 0;
        const retryInMs = Math.min(BACKOFF.mostMs, BACKOFF.firstMs * 2 ** failures);
        failures = Math.min(failures + 1, 10);
        const code = codeOf(error) ?? faultOf(error);
        onAlarm({ kind: 'projection-unavailable', view: view.schema.name, code, retryInMs });
        await sleep(retryInMs, stopping.signal);
      }
    }
    running = false;
  }
  const ended = run();

  return {
    view,
    schema,
    progress: reached,
    get running() {
      return running;
    },
    get parkedCount() {
      return parked.size;
    },
    paused: (task) =>
      inTurn('step', async () => {
        try {
          return await task();
        } finally {
          restart.abort();
        }
      }),
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Runs a step; when it fails or says that it is the last one, gives the signal before the loop is left. */
async function endingOnFailure(leave: AbortController, step: () => Promise<boolean>): Promise<boolean> {
  let goOn = false;
  try {
    goOn = await step();
    return goOn;
  } finally {
    if (!goOn) leave.abort();
  }
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
