import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { gone, SqliteFault } from './fault.js';
import { folder } from './folding-thread.js';
import { type Lane, lanesOf } from './lanes.js';
import { type Parcel, pack, unpack } from './packet.js';
import type { CallHead, FromWorker, ToWorker, WorkerStart } from './protocol.js';

export interface Answered {
  readonly value: unknown;
  readonly blobs: readonly Uint8Array[];
}

/** A database in a thread of its own. */
export interface Connection {
  /**
   * @param lane what the call is about (a stream): while calls of a lane are at the worker, later ones wait and then go
   *   together, so that all who contend for one thing meet in one batch, in the order in which they came
   * @throws SqliteFault
   */
  call(op: string, arg: unknown, blobs?: readonly Uint8Array[], lane?: string): Promise<Answered>;
  /**
   * A call without argument that others make too: who makes it while it has not left yet is given the same promise, of an
   * answer from after they all asked.
   */
  join(op: string): Promise<Answered>;
  /** Hears the worker's notices until the function given back is called; keeps the process alive meanwhile. */
  watch(listener: (notice: unknown) => void): () => void;
  /** Waits for calls in flight; later calls are refused as `closed`. */
  close(): Promise<void>;
  readonly closed: boolean;
}

/**
 * So many calls are sent without waiting for the end of the turn: of many callers in step, one group is prepared (sealed)
 * while the other is written.
 */
const SENT_AT_ONCE = 32;

/** What such a thread makes lives for one call: a small nursery does, and the memory of three larger ones is not missed. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

interface Waiting {
  readonly lane: Lane | undefined;
  readonly resolve: (answered: Answered) => void;
  readonly reject: (fault: SqliteFault) => void;
}

/**
 * Starts a worker (a file that calls `serve`) on a database. Calls made in one turn of the event loop travel together.
 * An idle connection does not keep the process alive.
 * @throws SqliteFault the database cannot be opened
 */
export async function connect(script: URL, data: unknown): Promise<Connection> {
  const { port1: port, port2: theirs } = new MessageChannel();
  const bell = new SharedArrayBuffer(4);
  const count = new Int32Array(bell);
  const start: WorkerStart<unknown> = { port: theirs, bell, data };
  const worker = new Worker(script, { workerData: start, transferList: [theirs], resourceLimits });

  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(notice: unknown) => void>();
  let outgoing: Parcel<CallHead>[] = [];
  const lanes = lanesOf();
  const joined = new Map<string, Promise<Answered>>();
  const beside = folder();
  let lastId = 0;
  let state: 'starting' | 'open' | 'closing' | 'closed' = 'starting';
  let ending: Promise<void> | undefined;
  let whenIdle: (() => void) | undefined;
  const finished = () => state === 'closed';
  let started: Waiting | undefined;

  const say = (message: ToWorker, buffers: readonly ArrayBuffer[] = []) => {
    port.postMessage(message, [...buffers]);
    Atomics.add(count, 0, 1);
    Atomics.notify(count, 0);
  };
  let held = true;
  const holdProcess = () => {
    const wanted = state !== 'closed' && (state !== 'open' || waiting.size > 0 || listeners.size > 0);
    if (wanted === held) return;
    held = wanted;
    if (wanted) port.ref();
    else port.unref();
  };
  const post = (parcel: Parcel<CallHead>) => {
    if (outgoing.length === 0) setImmediate(send);
    outgoing.push(parcel);
  };
  const send = () => {
    if (outgoing.length === 0 || state === 'closed') return;
    const packet = pack(outgoing);
    for (const { head } of outgoing) lanes.left(waiting.get(head[0])?.lane);
    outgoing = [];
    joined.clear();
    say({ kind: 'calls', packet }, packet.bytes.byteLength > 0 ? [packet.bytes.buffer as ArrayBuffer] : []);
  };
  const stopped = (kind: 'crashed' | 'closed') => {
    state = 'closed';
    void beside.leave();
    started?.reject(gone(kind, false));
    const lost = [...waiting.values()];
    waiting.clear();
    for (const one of lost) one.reject(gone(kind, true));
    // they look, and hear of it themselves
    for (const listener of [...listeners]) listener(undefined);
    listeners.clear();
    whenIdle?.();
    holdProcess();
    port.close();
  };

  const hear = (message: FromWorker) => {
    if (message.kind === 'answers') {
      for (const { head, blobs } of unpack(message.packet)) {
        const [id, value, fault] = head;
        const one = waiting.get(id);
        waiting.delete(id);
        for (const held of lanes.answered(one?.lane)) post(held);
        if (fault) one?.reject(new SqliteFault(fault));
        else one?.resolve({ value, blobs });
      }
      if (waiting.size === 0) whenIdle?.();
      holdProcess();
    } else if (message.kind === 'notice') for (const listener of [...listeners]) listener(message.notice);
    else if (message.kind === 'grown') {
      if (state === 'open') beside.fold(message.file);
    } else if (message.kind === 'ready') started?.resolve({ value: undefined, blobs: [] });
    else if (message.kind === 'refused') started?.reject(new SqliteFault(message.fault));
  };
  port.on('message', hear);
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      // Its last words may still be on their way.
      for (let last = receiveMessageOnPort(port); last; last = receiveMessageOnPort(port)) hear(last.message);
      stopped(state === 'closing' ? 'closed' : 'crashed');
      resolve();
    });
  });
  worker.once('error', () => stopped('crashed'));

  try {
    await new Promise<Answered>((resolve, reject) => {
      started = { resolve, reject, lane: undefined };
    });
  } catch (error) {
    await ended;
    throw error;
  }
  state = 'open';
  worker.unref();
  holdProcess();

  const call: Connection['call'] = (op, arg, blobs = [], lane = undefined) => {
    if (state !== 'open') return Promise.reject(gone(state === 'closed' && !ending ? 'crashed' : 'closed', false));
    return new Promise((resolve, reject) => {
      lastId += 1;
      const on = lanes.find(lane);
      waiting.set(lastId, { resolve, reject, lane: on });
      const parcel: Parcel<CallHead> = { head: [lastId, op, arg], blobs };
      if (on && on.atWorker > 0) on.held.push(parcel);
      else post(parcel);
      if (outgoing.length >= SENT_AT_ONCE) send();
      holdProcess();
    });
  };

  return {
    get closed() {
      return state !== 'open';
    },
    call,
    join(op) {
      const found = joined.get(op);
      if (found) return found;
      const made = call(op, undefined);
      if (outgoing.length > 0) joined.set(op, made);
      return made;
    },
    watch(listener) {
      if (state !== 'open') return () => undefined;
      if (listeners.size === 0) say({ kind: 'watch', on: true });
      listeners.add(listener);
      holdProcess();
      return () => {
        if (!listeners.delete(listener) || state !== 'open') return;
        if (listeners.size === 0) say({ kind: 'watch', on: false });
        holdProcess();
      };
    },
    close() {
      ending ??= (async () => {
        if (state === 'closed') return;
        state = 'closing';
        holdProcess();
        // Held calls go when those before them are answered.
        if (waiting.size > 0)
          await new Promise<void>((resolve) => {
            whenIdle = resolve;
          });
        // who closes last folds the rest back and takes the log away
        await beside.leave();
        if (!finished()) {
          worker.ref();
          say({ kind: 'close' });
        }
        await ended;
      })();
      return ending;
    },
  };
}
