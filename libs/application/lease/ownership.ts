import type { Fence, Lease, ViewStore } from '#ports/view-store/view-store.js';
import { codeOf } from '../fault.js';
import { sleep } from '../sleep.js';

/** What only one process of an installation does at a time, and how it knows that it is the one. */
export interface Ownership {
  /** Present while this process holds the lease and knows it. */
  readonly fence: Fence | undefined;
  /**
   * Starts something whenever this process becomes the owner, and ends it when it is that no more.
   * @returns ends it for good
   */
  whileHeld(start: (fence: Fence) => () => Promise<void> | void): () => Promise<void>;
  /** A step was refused: whoever holds the lease now is somebody else. */
  lost(fence: Fence): void;
  /** Ends what runs, then gives the lease back. */
  stop(): Promise<void>;
}

export interface OwnershipOptions {
  readonly viewStore: Pick<ViewStore, 'takeLease' | 'releaseLease'>;
  readonly name: string;
  readonly owner: string;
  /** How long nobody notices that the owner is gone, at the most. */
  readonly forMs: number;
  /** Nobody else can be left: the lease of a process that died here is taken over at once. */
  readonly seize?: boolean;
  /** The lease was taken, lost, or could not be asked for. */
  readonly onTurn?: (turn: 'taken' | 'lost' | 'unavailable', code?: string) => void;
}

interface Task {
  readonly start: (fence: Fence) => () => Promise<void> | void;
  end: (() => Promise<void> | void) | undefined;
}

/** A lease is asked for again this many times within its time. */
const ASKED = 4;

/**
 * Holds a lease for as long as it can, and waits for it when another process has it. A process that cannot renew stops what
 * it does alone before the lease runs out by its own clock; one that slept through that is fenced off by its token.
 */
export function keepOwnership(options: OwnershipOptions): Ownership {
  const { viewStore, name, owner, forMs, onTurn = () => undefined } = options;
  const stopping = new AbortController();
  const tasks = new Set<Task>();
  let seize = options.seize ?? false;
  let fence: Fence | undefined;
  let heldUntil = 0;
  let turn: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.catch(() => undefined).then(work);
    return turn;
  };
  const begin = (task: Task): void => {
    if (fence && !task.end && tasks.has(task)) task.end = task.start(fence);
  };
  const end = async (task: Task): Promise<void> => {
    const ending = task.end;
    task.end = undefined;
    await ending?.();
  };

  async function gained({ token }: Lease): Promise<void> {
    if (fence?.token === token) return;
    if (fence) await given();
    fence = { lease: name, token };
    onTurn('taken');
    for (const task of tasks) begin(task);
  }
  async function given(): Promise<void> {
    if (!fence) return;
    fence = undefined;
    if (!stopping.signal.aborted) onTurn('lost');
    await Promise.all([...tasks].map(end));
  }

  async function ask(): Promise<void> {
    const asked = performance.now();
    try {
      const lease = await viewStore.takeLease(name, { owner, forMs, seize });
      seize = false;
      if (!lease) return inTurn(given);
      heldUntil = asked + forMs;
      return inTurn(() => (stopping.signal.aborted ? Promise.resolve() : gained(lease)));
    } catch (error) {
      if (stopping.signal.aborted) return;
      onTurn('unavailable', codeOf(error) ?? 'fault');
      // a step under way has this long to end before somebody else may begin
      if (performance.now() > heldUntil - forMs / ASKED) await inTurn(given);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await ask();
      await sleep(forMs / ASKED, stopping.signal);
    }
  }
  const ended = run();

  return {
    get fence() {
      return fence;
    },
    whileHeld(start) {
      const task: Task = { start, end: undefined };
      tasks.add(task);
      begin(task);
      return async () => {
        tasks.delete(task);
        await inTurn(() => end(task));
      };
    },
    lost({ token }) {
      if (fence?.token === token) void inTurn(given);
    },
    async stop() {
      stopping.abort();
      await ended;
      const last = fence;
      await inTurn(given);
      if (last) await viewStore.releaseLease(last).catch(() => undefined);
    },
  };
}
