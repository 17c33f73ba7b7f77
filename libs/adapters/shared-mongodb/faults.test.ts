import { openMongoKeyVault } from '../key-vault-mongodb/key-vault-mongodb.js';
import { openMongoViewStore } from '../view-store-mongodb/view-store-mongodb.js';

/** Nobody listens on the discard port; a password in the settings must not come back in a message. */
const connectionString = 'mongodb://temoin:s3cret@127.0.0.1:9/?tls=false&serverSelectionTimeoutMS=200';

describe('MongoDB that cannot be had', () => {
  it.each([
    ['views', openMongoViewStore, 'TEMOIN_VIEW_STORE'],
    ['keys', openMongoKeyVault, 'TEMOIN_KEY_VAULT'],
  ])('is unavailable for %s, with what to check and without the password', async (_, open, setting) => {
    const refusal = await open({ connectionString, database: 'temoin' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'unavailable', message: expect.stringContaining(setting) });
    expect((refusal as Error).message).toContain('check host and port');
    expect((refusal as Error).message).not.toContain('s3cret');
  });

  it.each(['postgres://127.0.0.1/x', 'nonsense', ''])('is unavailable where %j is no place of it', async (text) => {
    await expect(openMongoViewStore({ connectionString: text, database: 'temoin' })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('not a connection string of MongoDB'),
    });
  });
});
