import { openEventStoreDb } from './event-store-eventstoredb.js';

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
});
