import { randomUUID } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, {
  type BatchAppendReq,
  type BatchAppendResp as BatchAppendRespType,
  type ReadResp as ReadRespType,
} from '@eventstore/db-client/generated/streams_pb.js';
import { openBatchStream } from './batch.js';
import { allRequest } from './requests.js';
import { answersOf } from './watched.js';
import type { BatchCall, ReadCall, Wire } from './wire.js';

const { BatchAppendResp, ReadResp } = streams;
const DAY = 86_400_000;
const real = Date.now;
afterEach(() => {
  Date.now = real;
});

const nothing = () => Promise.reject(new Error('not asked for here'));
const silentWire: Wire = {
  read: nothing,
  batchAppend: nothing,
  serverVersion: nothing,
  dispose: () => Promise.resolve(),
};

/** Answers each append as stored, and keeps what was asked. */
function appending() {
  const asked: BatchAppendReq[] = [];
  const call = Object.assign(new PassThrough({ objectMode: true }), {
    write(request: BatchAppendReq) {
      asked.push(request);
      const answer: BatchAppendRespType = new BatchAppendResp()
        .setCorrelationId(new shared.UUID().setString(request.getCorrelationId()?.getString() ?? ''))
        .setSuccess(new BatchAppendResp.Success());
      setImmediate(() => call.emit('data', answer));
      return true;
    },
  });
  const wire: Wire = { ...silentWire, batchAppend: () => Promise.resolve(call as unknown as BatchCall) };
  return { wire, asked };
}

describe('a machine whose clock is not the server’s', () => {
  it.each([-DAY, DAY])(
    'appends: no time of day is sent along, and a clock that jumps by %d ms ends no waiting',
    async (by) => {
      const { wire, asked } = appending();
      const batch = openBatchStream(wire);
      const event = { eventId: randomUUID(), type: 'Note', data: Buffer.from('{}'), metadata: Buffer.from('{}') };
      const sending = batch.send({ stream: 'visit-1', expected: 'no-stream', events: [event] }, 600_000);
      Date.now = () => real() + by;
      expect((await sending).hasSuccess()).toBe(true);
      expect(asked.map((one) => one.getOptions()?.hasDeadline())).toEqual([false]);
    },
  );

  it('goes on reading where the clock jumps while an answer is waited for', async () => {
    const stream = new Readable({ objectMode: true, read() {} });
    const wire: Wire = {
      ...silentWire,
      read: () => Promise.resolve(Object.assign(stream, { cancel() {} }) as unknown as ReadCall),
    };
    const answers: ReadRespType[] = [];
    const reading = (async () => {
      for await (const one of answersOf(wire, allRequest({}), 600_000, new AbortController().signal)) answers.push(one);
    })();
    Date.now = () => real() + DAY;
    // longer than what it looks at its clock for
    await new Promise((resolve) => setTimeout(resolve, 1200));
    stream.push(new ReadResp());
    stream.push(null);
    await reading;
    expect(answers).toHaveLength(1);
  });
});
