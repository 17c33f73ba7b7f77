import type { MessagePort } from 'node:worker_threads';
import type { Fault } from './fault.js';
import type { Packet } from './packet.js';

/** A call's number, the operation's name and its argument (plain values only). */
export type CallHead = readonly [id: number, op: string, arg: unknown];
export type AnswerHead = readonly [id: number, value: unknown, fault: Fault | undefined];

export type ToWorker =
  | { readonly kind: 'calls'; readonly packet: Packet<CallHead> }
  /** Look for the work of other processes now and then, or stop doing so. */
  | { readonly kind: 'watch'; readonly on: boolean }
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly fault: Fault }
  | { readonly kind: 'answers'; readonly packet: Packet<AnswerHead> }
  | { readonly kind: 'notice'; readonly notice: unknown }
  /** The write-ahead log of this file is long enough to be folded back by somebody else. */
  | { readonly kind: 'grown'; readonly file: string }
  | { readonly kind: 'closed' };

export interface WorkerStart<T> {
  readonly port: MessagePort;
  /** Counts messages sent: the worker sleeps on it. */
  readonly bell: SharedArrayBuffer;
  readonly data: T;
}
