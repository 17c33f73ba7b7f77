import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { type TestingDatabase, testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import { cellId } from '#ports/key-vault/contract-rig.js';
import { rootKeyFile } from '#vault/root-key-file.js';
import { makeCellKey } from '#vault/wrapping.js';
import { captured } from '../../apps/cli/captured.fixture.js';

const KEYS = 2500;

/** The same server with that database in its address, by this name of the host. */
function addressOf({ connectionString, database }: TestingDatabase, host?: string): string {
  const [, scheme = '', login = '', hosts = '', options = ''] =
    /^(\w[\w+]*:\/\/)([^/?@]*@)?([^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(connectionString) ?? [];
  const source = login === '' || /[?&]authSource=/.test(options) ? '' : `${options ? '&' : '?'}authSource=admin`;
  return `${scheme}${login}${host ?? hosts}/${database}${options}${source}`;
}

describe('a key vault on MongoDB that keys were moved from', () => {
  let folder: string;
  let database: TestingDatabase;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'temoin-retire-'));
    database = testingDatabase();
  });
  afterAll(async () => {
    await database.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('is retired when the vault in a file answers for it, takes no key any more, and is refused at a start', async () => {
    const data = join(folder, 'data');
    const there = { TEMOIN_KEY_VAULT: addressOf(database) };
    const temoin = (args: readonly string[], env: Record<string, string> = {}) =>
      captured(['--data', data, ...args], env);
    const retiring = (env: Record<string, string> = {}, from = addressOf(database)) =>
      temoin(['keys', 'retire', '--from', from, '--yes', '--json'], env);
    const staff = await temoin(['staff', 'add', '--name', 'Camille Exemple'], there);
    expect(staff.code).toBe(0);
    expect((await temoin(['journal'], there)).code).toBe(0);
    const roots = await rootKeyFile(join(data, 'root-key.json')).load();
    const old = await openMongoKeyVault(database);
    const cells = Array.from({ length: KEYS }, (_, n) => cellId(`k${n % 9}/session:${n}`));
    await old.getOrCreate(cells.map((cell) => makeCellKey(roots, cell).wrapped));

    // the present vault under another name of its server is found out by what is written through one and read through the other
    const [, port = '27017'] = /:(\d+)\/temoin_test/.exec(addressOf(database)) ?? [];
    const same = await retiring(there, addressOf(database, `localhost:${port}`));
    expect([same.code, same.err]).toEqual([3, expect.stringContaining('ONE vault')]);
    expect(await old.livingBefore(99, 1)).toHaveLength(1);

    expect((await temoin(['keys', 'move', '--to', `sqlite://${join(data, 'vault.sqlite')}`], there)).code).toBe(0);
    await old.getOrCreate([makeCellKey(roots, cellId('late/identity')).wrapped]);
    const lacking = await retiring();
    expect([lacking.code, lacking.err]).toEqual([3, expect.stringContaining('late/identity')]);
    await addTo(join(data, 'vault.sqlite'), await old.livingBefore(99, KEYS + 9));

    const retired = await retiring();
    expect(retired).toMatchObject({ code: 0 });
    expect(JSON.parse(retired.out)).toMatchObject({
      kind: 'mongodb',
      keys: KEYS + 2,
      leftovers: ['server-journal', 'oplog', 'unreclaimed-pages', 'older-copies'],
      root: 'until-rotation',
    });
    expect(await old.livingBefore(Number.MAX_SAFE_INTEGER, 1)).toEqual([]);
    const late = old.getOrCreate([makeCellKey(roots, cellId('later/identity')).wrapped]);
    await expect(late).rejects.toMatchObject({ code: 'stale-epoch' });
    await old.close();
    expect(await documents(database)).toBe(0);
    expect(JSON.parse((await retiring()).out).keys).toBe(KEYS + 2);

    for (const args of [['journal'], ['keys', 'adopt', '--yes'], ['keys', 'rotate']]) {
      const refused = await temoin(args, there);
      expect([refused.code === 3 || refused.code === 5, refused.err]).toEqual([
        true,
        expect.stringContaining('retired'),
      ]);
    }
    const back = await temoin(['keys', 'move', '--to', addressOf(database)]);
    expect([back.code, back.err]).toEqual([3, expect.stringContaining('retired')]);
    const show = [
      'stream',
      'show',
      `staff-${staff.out.trim()}`,
      '--open',
      '--purpose',
      'dispute',
      '--as',
      staff.out.trim(),
    ];
    expect((await temoin(show)).out).toContain('Camille Exemple');
  }, 120_000);
});

async function addTo(
  file: string,
  keys: Awaited<ReturnType<Awaited<ReturnType<typeof openSqliteKeyVault>>['livingBefore']>>,
) {
  const vault = await openSqliteKeyVault({ file });
  await vault.getOrCreate(keys);
  await vault.close();
}

async function documents({ connectionString, database }: TestingDatabase): Promise<number> {
  const client = new MongoClient(connectionString);
  try {
    return await client.db(database).collection('cells').countDocuments();
  } finally {
    await client.close();
  }
}
