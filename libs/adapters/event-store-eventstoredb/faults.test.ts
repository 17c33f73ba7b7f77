import { inspect } from 'node:util';
import { openEventStoreDb } from './event-store-eventstoredb.js';
import { isTooOld } from './versions.js';

describe('EventStoreDB that cannot be had', () => {
  it('is unavailable, with what to check and without the password', async () => {
    const connectionString = 'esdb://temoin:s3cret@127.0.0.1:9?tls=false';
    const refusal = await openEventStoreDb({ connectionString, patience: 3000 }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'unavailable', message: expect.stringContaining('TEMOIN_EVENT_STORE') });
    expect((refusal as Error).message).not.toContain('s3cret');
  });

  it.each(['postgres://127.0.0.1/x', 'nonsense', ''])('is unavailable where %j is no place of it', async (text) => {
    await expect(openEventStoreDb({ connectionString: text })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('never repeats a connection string that it cannot read, not even as a cause', async () => {
    const refusal = await openEventStoreDb({ connectionString: 'esdb://temoin:s3cret@' }).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'unavailable' });
    expect(inspect(refusal, { depth: 9 })).not.toContain('s3cret');
  });

  it('refuses an option that the client does not know, which would print the password and go on without it', async () => {
    const { warn } = console;
    const warned: unknown[] = [];
    console.warn = (...said: unknown[]) => void warned.push(said);
    try {
      const connectionString = 'esdb://temoin:s3cret@127.0.0.1:9?tls=false&tlsCa=/ca.crt';
      const refusal = await openEventStoreDb({ connectionString }).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'unavailable', message: expect.stringContaining('tlsCaFile') });
      expect(inspect(refusal, { depth: 9 })).not.toContain('s3cret');
      expect(warned).toEqual([]);
    } finally {
      console.warn = warn;
    }
  });

  it('refuses to read from another node than the leader', async () => {
    const follower = openEventStoreDb({ connectionString: 'esdb+discover://127.0.0.1:9?node_preference=follower' });
    await expect(follower).rejects.toMatchObject({ message: expect.stringContaining('leave nodePreference out') });
  });

  it('names the settings of the certificate file that is not there', async () => {
    const connectionString = 'esdb://temoin:s3cret@127.0.0.1:9?TLS-CA-file=/none.crt';
    const refusal = await openEventStoreDb({ connectionString }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'unavailable', message: expect.stringContaining('cannot be read') });
  });

  it.each([
    ['unknown', true],
    ['20.10.5.0', true],
    ['22.6.0.0', true],
    ['22.10.0.0', false],
    ['24.6.0.0', false],
    ['0.0.0.0', false],
  ])('of version %s is too old: %s', (version, answer) => {
    expect(isTooOld(version)).toBe(answer);
  });
});
