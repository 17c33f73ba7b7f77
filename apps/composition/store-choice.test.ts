import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { loadConfiguration } from './configuration.js';
import { openRootKey } from './root-key.js';
import { describeStore, isReadableOnTheWay } from './store-choice.js';
import { openStores } from './stores.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-choice-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const EVENTS = 'TEMOIN_EVENT_STORE';
const VIEWS = 'TEMOIN_VIEW_STORE';
const KEYS = 'TEMOIN_KEY_VAULT';
const load = (env: Readonly<Record<string, string>>) => loadConfiguration(env, ['--data', folder]);

describe('stores chosen by configuration alone', () => {
  it('are files in the data folder when nothing is said', () => {
    expect(load({})).toMatchObject({
      eventStore: { engine: 'sqlite', file: join(folder, 'events.sqlite') },
      viewStore: { engine: 'sqlite', file: join(folder, 'views.sqlite') },
      keyVault: { engine: 'sqlite', file: join(folder, 'vault.sqlite') },
    });
  });

  it('are servers where their addresses say so, each with TLS unless plain was asked for', () => {
    const { eventStore, viewStore, keyVault } = load({
      [EVENTS]: 'esdb+discover://temoin:pw@cluster.example:2113',
      [VIEWS]: 'mongodb://temoin:pw@one.example,two.example/vues?replicaSet=rs0',
      [KEYS]: 'mongodb://127.0.0.1:27018?tls=false',
    });
    expect([eventStore, viewStore, keyVault].map(describeStore)).toEqual([
      'EventStoreDB at cluster.example:2113, TLS',
      'MongoDB at one.example,two.example, database vues, TLS',
      'MongoDB at 127.0.0.1:27018, database temoin_keys, without TLS',
    ]);
    expect(eventStore.engine === 'eventstoredb' && eventStore.connectionString()).toBe(
      'esdb+discover://temoin:pw@cluster.example:2113',
    );
  });

  it('take the password from a file, whatever is in it', async () => {
    await writeFile(join(folder, 'password'), 'p@ss/w:rd%é\n');
    const { keyVault } = load({
      [KEYS]: 'mongodb://temoin@db.example/keys?authSource=admin',
      [`${KEYS}_PASSWORD_FILE`]: join(folder, 'password'),
    });
    expect(keyVault.engine === 'mongodb' && keyVault.connectionString()).toBe(
      'mongodb://temoin:p%40ss%2Fw%3Ard%25%C3%A9@db.example/keys?authSource=admin',
    );
  });

  it('never show a password, printed or logged whole', () => {
    const config = load({ [EVENTS]: 'esdb://temoin:s3cret@es.example', [VIEWS]: 'mongodb://u:s3cret@mg.example' });
    for (const text of [JSON.stringify(config), inspect(config, { depth: 9 }), describeStore(config.eventStore)])
      expect(text).not.toContain('s3cret');
  });

  it('cannot be read on the way, or are said to be', () => {
    const plain = (host: string) => load({ [VIEWS]: `mongodb://${host}/v?tls=false` }).viewStore;
    expect(isReadableOnTheWay(plain('127.0.0.1:27017'))).toBe(false);
    expect(isReadableOnTheWay(plain('localhost'))).toBe(false);
    expect(isReadableOnTheWay(plain('localhost,db.example'))).toBe(true);
    expect(isReadableOnTheWay(load({ [VIEWS]: 'mongodb://db.example/v' }).viewStore)).toBe(false);
  });

  it.each([
    [EVENTS, 'esdb://es.example?tlsVerifyCert=false'],
    [VIEWS, 'mongodb://db.example/v?tlsInsecure=true'],
    [VIEWS, 'mongodb://db.example/v?replicaSet=rs0&tlsAllowInvalidCertificates=true'],
    [VIEWS, 'mongodb://db.example/v?tlsAllowInvalidHostnames=true&replicaSet=rs0'],
  ])('that believe whoever answers are said to be so: %s=%s', (name, url) => {
    const { eventStore, viewStore } = load({ [name]: url });
    const choice = name === EVENTS ? eventStore : viewStore;
    expect(isReadableOnTheWay(choice)).toBe(true);
    expect(describeStore(choice)).toContain('TLS, certificate not verified');
  });
});

describe('a choice that cannot be right', () => {
  const given = (env: Readonly<Record<string, string>>) => () => load(env);
  it.each([
    ['another engine', { [EVENTS]: 'mongodb://u:s3cret@h' }, EVENTS],
    ['another engine', { [VIEWS]: 'esdb://u:s3cret@h' }, VIEWS],
    ['no host', { [EVENTS]: 'esdb://' }, EVENTS],
    ['a password not percent-encoded', { [EVENTS]: 'esdb://u:s3cret/x@h' }, EVENTS],
    ['a password of digits not percent-encoded', { [EVENTS]: 'esdb://u:123/s3cret@h' }, EVENTS],
    ['a password with a question mark', { [EVENTS]: 'esdb://u:123?s3cret@h' }, EVENTS],
    ['a user without a password', { [EVENTS]: 'esdb://u@h' }, EVENTS],
    ['a password file that is not there', { [EVENTS]: 'esdb://u@h', [`${EVENTS}_PASSWORD_FILE`]: '/none' }, EVENTS],
    ['a password file without a user', { [VIEWS]: 'mongodb://h', [`${VIEWS}_PASSWORD_FILE`]: '/none' }, VIEWS],
    ['two passwords', { [KEYS]: 'mongodb://u:s3cret@h', [`${KEYS}_PASSWORD_FILE`]: '/none' }, KEYS],
    ['a password file for a file', { [`${VIEWS}_PASSWORD_FILE`]: '/none' }, VIEWS],
    ['keys among the views', { [VIEWS]: 'mongodb://h,i/one', [KEYS]: 'mongodb://u:s3cret@I,h/one' }, KEYS],
    ['keys among the views', { [VIEWS]: 'mongodb://h:27017/one', [KEYS]: 'mongodb://u:s3cret@h/one?tls=true' }, KEYS],
    ['keys among the views', { [VIEWS]: 'mongodb://h/temoin_keys', [KEYS]: 'mongodb://u:s3cret@H:27017/' }, KEYS],
    ['keys among the views', { [VIEWS]: 'sqlite://one.sqlite', [KEYS]: 'sqlite://one.sqlite' }, KEYS],
  ])('%s is refused, naming the setting and no secret', (_why, env, name) => {
    expect(given(env)).toThrow(expect.objectContaining({ code: 'bad-setting' }));
    expect(given(env)).toThrow(expect.objectContaining({ message: expect.stringContaining(name) }));
    expect(given(env)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('s3cret') }));
  });
});

describe('a server that is not there', () => {
  const NOBODY = '127.0.0.1:9';
  it.each([
    ['event store', { [EVENTS]: `esdb://temoin:s3cret@${NOBODY}?tls=false` }, EVENTS],
    ['view store', { [VIEWS]: `mongodb://temoin:s3cret@${NOBODY}/v?tls=false&serverSelectionTimeoutMS=300` }, VIEWS],
    ['key vault', { [KEYS]: `mongodb://temoin:s3cret@${NOBODY}/k?tls=false&serverSelectionTimeoutMS=300` }, KEYS],
  ])('is said of the %s, with what to check and without the password', async (name, env, setting) => {
    const fault: unknown = await openStores(load(env)).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: 'SetupFault', code: 'store' });
    expect(inspect(fault, { depth: 9 })).not.toContain('s3cret');
    const { message } = fault as Error;
    expect(message).toContain(name);
    expect(message).toContain(NOBODY);
    expect(message).toContain(setting);
    expect(message).not.toContain('s3cret');
  });

  it('gets no new root key: its vault may hold keys already', async () => {
    const config = load({ [KEYS]: `mongodb://${NOBODY}/k?tls=false&serverSelectionTimeoutMS=300` });
    await expect(openRootKey(config, true)).rejects.toMatchObject({ code: 'store' });
  });
});
