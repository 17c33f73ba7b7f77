import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Database, pragma } from './database.js';
import { faultOf } from './fault.js';
import { foldingAfterCommits } from './fold.js';
import { type Parcel, pack, unpack } from './packet.js';
import type { AnswerHead, CallHead, FromWorker, ToWorker, WorkerStart } from './protocol.js';
import { type Handlers, runAlone, runReads, runWrites, type Transactions } from './run.js';

/** How often another process's work is looked for while somebody watches, in milliseconds. */
const POLL = 200;

export interface Service {
  readonly database: Database;
  /** Share one transaction, and so one sync of the disk, with whatever else is waiting. */
  readonly writes: Handlers;
  /** Hears of the transactions of `writes`. */
  readonly transactions?: Transactions;
  /** Run on one snapshot with whatever else is waiting, behind the writes. */
  readonly reads: Handlers;
  /**
   * Reads so short that writes may wait for them. They go first, and do not wait for a disk: of what came together nothing
   * is answered yet, so that nobody can miss it.
   */
  readonly glances?: Handlers;
  /** Order their own transactions. */
  readonly alone?: Handlers;
  /** What watchers must know now (the end of the log); sent when it differs from what was sent before. */
  readonly notice?: () => string | number | undefined;
}

/**
 * The life of a worker: sleeps until called, takes everything that waits, answers, sleeps again. It never returns to the
 * event loop, which makes waking it several times cheaper.
 */
export function serve<T>(open: (data: T) => Service): void {
  const { port, bell, data } = workerData as WorkerStart<T>;
  const say = (message: FromWorker, buffers: readonly ArrayBuffer[] = []) => port.postMessage(message, [...buffers]);
  let service: Service;
  try {
    service = open(data);
  } catch (error) {
    const { kind, message, outcomeUnknown } = faultOf(error);
    say({ kind: 'refused', fault: { kind, message, outcomeUnknown } });
    return;
  }
  say({ kind: 'ready' });
  work(service, port, new Int32Array(bell), say);
  service.database.close();
  say({ kind: 'closed' });
  port.close();
}

function work(
  service: Service,
  port: MessagePort,
  bell: Int32Array,
  say: (message: FromWorker, buffers?: readonly ArrayBuffer[]) => void,
): void {
  const { database, writes, reads, glances = {}, alone = {}, transactions } = service;
  const answer = (answers: readonly Parcel<AnswerHead>[]) => {
    if (answers.length === 0) return;
    const packet = pack(answers);
    say({ kind: 'answers', packet }, packet.bytes.byteLength > 0 ? [packet.bytes.buffer as ArrayBuffer] : []);
  };
  const watcher = watching(service, say);
  const file = database.location();
  const foldBack = foldingAfterCommits(database, () => say({ kind: 'grown', file: file ?? '' }));
  for (;;) {
    const rung = Atomics.load(bell, 0);
    const calls: Parcel<CallHead>[] = [];
    let closing = false;
    for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
      const message = received.message as ToWorker;
      if (message.kind === 'calls') calls.push(...unpack(message.packet));
      else if (message.kind === 'watch') watcher.set(message.on);
      else closing = true;
    }
    const those = (handlers: Handlers) => calls.filter((call) => call.head[1] in handlers);
    answer(runReads(database, glances, those(glances)));
    const wrote = those(writes);
    answer(runWrites(database, writes, wrote, transactions));
    for (const call of those(alone)) answer([runAlone(alone, call)]);
    answer(runReads(database, reads, those(reads)));
    watcher.look(wrote.length > 0);
    if (wrote.length > 0) foldBack();
    if (closing) return;
    if (calls.length === 0) Atomics.wait(bell, 0, rung, watcher.patience());
  }
}

/** Tells watchers of what this process wrote at once, and of what others wrote within {@link POLL}. */
function watching(service: Service, say: (message: FromWorker) => void) {
  const { database, notice } = service;
  let on = false;
  let told: string | number | undefined;
  let looked = 0;
  let dataVersion: unknown;
  return {
    set(wanted: boolean) {
      on = wanted && notice !== undefined;
      looked = 0;
    },
    patience: () => (on ? Math.max(1, looked + POLL - Date.now()) : Number.POSITIVE_INFINITY),
    look(wrote: boolean) {
      if (!on || !notice || (!wrote && Date.now() < looked + POLL)) return;
      try {
        if (!wrote) {
          looked = Date.now();
          const version = pragma(database, 'data_version');
          if (version === dataVersion && told !== undefined) return;
          dataVersion = version;
        }
        const now = notice();
        if (now === told) return;
        told = now;
        say({ kind: 'notice', notice: now });
      } catch {
        // Wakes the watchers: they read, and hear of the fault themselves.
        told = undefined;
        say({ kind: 'notice', notice: undefined });
      }
    },
  };
}
