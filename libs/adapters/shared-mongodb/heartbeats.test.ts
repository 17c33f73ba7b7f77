import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchHeartbeats } from './heartbeats.js';

describe('a client of MongoDB whose watching of a server hangs', () => {
  let client: EventEmitter;
  let renewed: number;
  let stop: () => void;
  beforeEach(() => {
    client = new EventEmitter();
    renewed = 0;
    const renew = async () => {
      renewed += 1;
      throw new Error('the server is away');
    };
    stop = watchHeartbeats(client, { patience: 30, awaitedPatience: 600_000, renew });
  });
  afterEach(() => stop());
  const heard = (event: 'Started' | 'Succeeded' | 'Failed', awaited = false) =>
    client.emit(`serverHeartbeat${event}`, { connectionId: 'one', awaited });

  it('is renewed once for a question without answer, and again for the next one', async () => {
    heard('Started');
    await sleep(80);
    expect(renewed).toBe(1);
    heard('Started');
    await sleep(80);
    expect(renewed).toBe(2);
  });

  it('is left alone where each question is answered or fails, and where the server holds the answer back', async () => {
    for (const end of ['Succeeded', 'Failed'] as const) {
      heard('Started');
      heard(end);
    }
    heard('Started', true);
    await sleep(50);
    heard('Succeeded', true);
    await sleep(80);
    expect(renewed).toBe(0);
  });

  it('is left alone once it is closed', async () => {
    heard('Started');
    stop();
    heard('Started');
    await sleep(80);
    expect(renewed).toBe(0);
  });
});
