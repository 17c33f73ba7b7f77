import { connect } from './connect.js';

const worker = (body: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { workerData, receiveMessageOnPort } from 'node:worker_threads';
      const { port, bell } = workerData;
      const count = new Int32Array(bell);
      const next = () => {
        for (;;) {
          const rung = Atomics.load(count, 0);
          const received = receiveMessageOnPort(port);
          if (received) return received.message;
          Atomics.wait(count, 0, rung, 1000);
        }
      };
      ${body}
    `)}`,
  );

describe('a connection', () => {
  it('tells callers when its worker dies: the outcome of what was sent is unknown, later calls fail at once', async () => {
    const connection = await connect(
      worker("port.postMessage({ kind: 'ready' }); next(); process.exit(1);"),
      undefined,
    );
    await expect(connection.call('write', 1)).rejects.toMatchObject({ kind: 'crashed', outcomeUnknown: true });
    await expect(connection.call('write', 2)).rejects.toMatchObject({ kind: 'crashed', outcomeUnknown: false });
    await connection.close();
  });

  it('tells callers when its worker throws', async () => {
    const connection = await connect(
      worker("port.postMessage({ kind: 'ready' }); next(); throw new Error('x');"),
      undefined,
    );
    await expect(connection.call('write', 1)).rejects.toMatchObject({ kind: 'crashed' });
  });

  it('fails to open when its worker dies or refuses', async () => {
    await expect(connect(worker('process.exit(1);'), undefined)).rejects.toMatchObject({ kind: 'crashed' });
    const refusal = "{ kind: 'refused', fault: { kind: 'damaged', message: 'm', outcomeUnknown: false } }";
    await expect(connect(worker(`port.postMessage(${refusal});`), undefined)).rejects.toMatchObject({
      kind: 'damaged',
    });
  });

  it('hears the last words of a worker that answers and ends', async () => {
    const answer =
      "{ kind: 'answers', packet: { heads: [[1, 'done', undefined]], lengths: [0], bytes: new Uint8Array() } }";
    const connection = await connect(
      worker(`port.postMessage({ kind: 'ready' }); next(); port.postMessage(${answer});`),
      undefined,
    );
    expect((await connection.call('write', 1)).value).toBe('done');
  });

  it('asks once for all who ask the same before it has left, and anew for who asks later', async () => {
    const body = `
      port.postMessage({ kind: 'ready' });
      for (let calls = 0; ; ) {
        const message = next();
        if (message.kind === 'close') break;
        const heads = message.packet.heads.map(([id]) => [id, (calls += 1), undefined]);
        port.postMessage({ kind: 'answers', packet: { heads, lengths: heads.map(() => 0), bytes: new Uint8Array() } });
      }
      port.close();`;
    const connection = await connect(worker(body), undefined);
    const together = [connection.join('head'), connection.join('head')];
    expect(together[0]).toBe(together[1]);
    expect(await Promise.all(together.map(async (one) => (await one).value))).toEqual([1, 1]);
    expect((await connection.join('head')).value).toBe(2);
    await connection.close();
  });
});
