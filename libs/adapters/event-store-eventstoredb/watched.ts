import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { NoAnswer } from './faults.js';
import type { ReadCall, Wire } from './wire.js';

/**
 * Answers of one call, one at a time: the consumer is awaited, and meanwhile flow control holds the server back. A server
 * that is silent for `patience` milliseconds while it is waited for ends the call with {@link NoAnswer}: the client's own
 * deadlines do not. Leaving early cancels the call.
 */
export async function* answersOf(
  wire: Wire,
  request: ReadReq,
  patience: number,
  signal: AbortSignal,
): AsyncGenerator<ReadResp> {
  const stream = await within(wire.read(request), patience, (late) => late.cancel());
  let waitingSince: number | undefined = performance.now();
  const clock = setInterval(
    () => {
      if (waitingSince !== undefined && performance.now() - waitingSince > patience)
        stream.destroy(new NoAnswer(`no answer within ${patience} ms`));
    },
    Math.max(10, Math.min(1000, patience / 4)),
  );
  // a reader that was left standing never comes to its end, and its clock would keep the process alive
  const leave = () => {
    clearInterval(clock);
    stream.destroy();
  };
  signal.addEventListener('abort', leave, { once: true });
  try {
    if (signal.aborted) return;
    for await (const answer of stream as AsyncIterable<ReadResp>) {
      waitingSince = undefined;
      yield answer;
      if (signal.aborted) return;
      waitingSince = performance.now();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(clock);
    signal.removeEventListener('abort', leave);
    cancel(stream);
  }
}

/** A call cancelled in the very turn it was made is not always told to the server. */
function cancel(stream: ReadCall): void {
  setImmediate(() => stream.cancel());
}

/** The promise's value if it comes in time; `late` gets one that comes afterwards. @throws NoAnswer */
export function within<T>(promise: Promise<T>, milliseconds: number, late: (value: T) => void = () => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    let over = false;
    const clock = setTimeout(() => {
      over = true;
      reject(new NoAnswer(`no answer within ${milliseconds} ms`));
    }, milliseconds);
    promise.then(
      (value) => {
        clearTimeout(clock);
        if (over) late(value);
        else resolve(value);
      },
      (error: unknown) => {
        clearTimeout(clock);
        reject(error);
      },
    );
  });
}
