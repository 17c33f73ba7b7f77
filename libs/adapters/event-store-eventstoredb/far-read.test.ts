import { Readable } from 'node:stream';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type ReadReq, type ReadResp as ReadRespType } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredEvent } from '#ports/event-store/event-store.js';
import { farEvents } from './far-read.js';
import type { ReadCall, Wire } from './wire.js';

const { ReadResp } = streams;
const { StreamIdentifier, UUID } = shared;

const checkpoint = (at: number): ReadRespType =>
  new ReadResp().setCheckpoint(new ReadResp.Checkpoint().setCommitPosition(String(at)).setPreparePosition(String(at)));
const eventAt = (at: number): ReadRespType => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(`e${at}`))
    .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from('rare-1').toString('base64')))
    .setStreamRevision('0')
    .setCommitPosition(String(at))
    .setPreparePosition(String(at));
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded));
};

/** A server that gives these answers to its calls, one list for each, and then says nothing more. */
function serverThat(...calls: (readonly ReadRespType[] | 'ends')[]) {
  const asked: string[] = [];
  const wire: Wire = {
    read(request: ReadReq) {
      const options = request.getOptions();
      asked.push(
        `${options?.hasSubscription() ? 'subscribes' : 'reads'} ${options?.getAll()?.getPosition()?.getCommitPosition() ?? 'all'}`,
      );
      const answers = calls.shift();
      const stream = new Readable({ objectMode: true, read() {} });
      for (const answer of answers === 'ends' ? [] : (answers ?? [])) stream.push(answer);
      if (answers === 'ends') stream.push(null);
      return Promise.resolve(Object.assign(stream, { cancel() {} }) as unknown as ReadCall);
    },
    batchAppend: () => Promise.reject(new Error('nothing is appended here')),
    serverVersion: () => Promise.resolve('24.6.0'),
    dispose: () => Promise.resolve(),
  };
  return { wire, asked };
}

async function walked(
  wire: Wire,
  { after, near = 100, patience = 600_000 }: { after?: number; near?: number; patience?: number } = {},
) {
  const events: StoredEvent[] = [];
  const signal = new AbortController().signal;
  const walk = farEvents(wire, { after, streamPrefixes: ['rare-'], end: 1000, near, patience, signal });
  for (;;) {
    const { done, value } = await walk.next();
    if (done) return { ids: events.map(({ eventId }) => eventId), reached: value };
    events.push(value);
  }
}

describe('the long way through a log for the events of rare streams', () => {
  it('is gone by subscription, which says how far it is, until the end is near', async () => {
    const { wire, asked } = serverThat([checkpoint(200), eventAt(450), checkpoint(600), eventAt(950), eventAt(990)]);
    expect(await walked(wire)).toEqual({ ids: ['e450', 'e950'], reached: 950 });
    expect(asked).toEqual(['subscribes all']);
  });

  it('is not gone at all where the end is near', async () => {
    const { wire, asked } = serverThat();
    expect(await walked(wire, { after: 920 })).toEqual({ ids: [], reached: 920 });
    expect(await walked(wire, { near: 1000 })).toEqual({ ids: [], reached: undefined });
    expect(asked).toEqual([]);
  });

  it('gives nothing twice that the server gives again', async () => {
    const { wire } = serverThat([
      eventAt(300),
      checkpoint(300),
      eventAt(300),
      eventAt(200),
      eventAt(400),
      checkpoint(999),
    ]);
    expect(await walked(wire, { after: 250 })).toEqual({ ids: ['e300', 'e400'], reached: 999 });
  });

  it('leaves it to a plain read to find out why a subscription ended without a word', async () => {
    const { wire, asked } = serverThat('ends');
    expect(await walked(wire, { after: 5 })).toEqual({ ids: [], reached: 5 });
    expect(asked).toEqual(['subscribes 5']);
  });

  it('fails where a server falls silent on the way', async () => {
    const { wire } = serverThat([checkpoint(200)]);
    await expect(walked(wire, { patience: 400 })).rejects.toThrow(/no answer/);
  });
});
