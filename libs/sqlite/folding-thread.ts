import { Worker } from 'node:worker_threads';

/** What the thread is told. It answers `leave` with the number, once it has nothing open of that one. */
export type ToFolder =
  | { readonly kind: 'fold'; readonly of: number; readonly file: string }
  | { readonly kind: 'leave'; readonly of: number }
  | { readonly kind: 'end' };

export interface Folder {
  /** Returns at once; a fault leaves the log to its writer. */
  fold(file: string): void;
  /** Resolves when nothing of this one is open any more, and the thread is gone if it was the last. The process is kept alive by whoever waits. */
  leave(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  readonly users: Set<number>;
  readonly left: Map<number, () => void>;
  readonly ended: Promise<void>;
}

let running: Thread | undefined;
let lastNumber = 0;

/**
 * Folds write-ahead logs back beside those who write them: one thread for all databases of the process, begun at the first
 * log that is long enough, asleep otherwise. It does not keep the process alive.
 */
export function folder(): Folder {
  lastNumber += 1;
  const of = lastNumber;
  let thread: Thread | undefined;
  const say = (on: Thread, message: ToFolder) => on.worker.postMessage(message);
  return {
    fold(file) {
      running ??= begun();
      thread ??= running;
      thread.users.add(of);
      say(thread, { kind: 'fold', of, file });
    },
    async leave() {
      const from = thread;
      if (!from?.users.delete(of)) return;
      const last = from.users.size === 0;
      if (last && running === from) running = undefined;
      const left = new Promise<void>((resolve) => from.left.set(of, resolve));
      say(from, { kind: 'leave', of });
      await Promise.race([left, from.ended]);
      if (!last) return;
      say(from, { kind: 'end' });
      await from.ended;
    },
  };
}

function begun(): Thread {
  const worker = new Worker(new URL('./folding-worker.js', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 1 },
  });
  const left = new Map<number, () => void>();
  worker.on('message', (of: number) => {
    left.get(of)?.();
    left.delete(of);
  });
  // it is heard of by its end
  worker.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const thread: Thread = { worker, users: new Set(), left, ended };
  void ended.then(() => {
    if (running === thread) running = undefined;
  });
  worker.unref();
  return thread;
}
