import { spawn } from 'node:child_process';
import { copyFile, link, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { cellId } from '#ports/key-vault/contract-rig.js';
import { rootKeyFile } from '#vault/root-key-file.js';
import { makeCellKey } from '#vault/wrapping.js';
import { captured } from './captured.fixture.js';

const KEYS = 1500;

let folder: string;
let data: string;
let old: string;
let moved: string;
let staff: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-keys-retire-'));
  data = join(folder, 'data');
  old = join(data, 'vault.sqlite');
  moved = join(folder, 'moved.sqlite');
  staff = (await captured(['--data', data, 'staff', 'add', '--name', 'Camille Exemple'], {})).out.trim();
  await adding(old, KEYS);
  expect((await captured(['--data', data, 'keys', 'move', '--to', `sqlite://${moved}`], {})).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (...args: readonly string[]) =>
  captured(['--data', data, ...args], { TEMOIN_KEY_VAULT: `sqlite://${moved}` });
const retiring = (...more: readonly string[]) => temoin('keys', 'retire', '--from', `sqlite://${old}`, ...more);
const reading = () => temoin('stream', 'show', `staff-${staff}`, '--open', '--purpose', 'dispute', '--as', staff);
const remembered = async () => JSON.parse(await readFile(join(data, 'retired-vaults.json'), 'utf8'));
const besides = async () => (await readdir(data)).filter((name) => name.startsWith('vault.sqlite'));

async function adding(file: string, count: number, from = 0): Promise<void> {
  const roots = await rootKeyFile(join(data, 'root-key.json')).load();
  const vault = await openSqliteKeyVault({ file });
  const cells = Array.from({ length: count }, (_, n) => cellId(`k${n % 9}/session:${from + n}`));
  await vault.getOrCreate(cells.map((cell) => makeCellKey(roots, cell).wrapped));
  await vault.close();
}

describe('temoin keys retire, of a file', () => {
  it('refuses the present vault by whatever name, other stores, what is not there, and a vault that somebody has open', async () => {
    const name = join(folder, 'another-name.sqlite');
    await symlink(moved, name);
    for (const file of [moved, name, join(data, 'events.sqlite')])
      expect((await temoin('keys', 'retire', '--from', `sqlite://${file}`, '--yes')).code).toBe(2);
    expect((await temoin('keys', 'retire', '--from', `sqlite://${join(folder, 'none')}`, '--yes')).code).toBe(4);
    const user = await openSqliteKeyVault({ file: old });
    const refused = await retiring('--yes');
    await user.close();
    expect([refused.code, refused.err]).toEqual([5, expect.stringContaining('has')]);
  });

  it('asks first, and refuses where a key is not in the present vault', async () => {
    const unasked = await retiring();
    expect([unasked.code, unasked.err]).toEqual([3, expect.stringContaining('Nothing was changed')]);
    const aside = join(folder, 'aside.sqlite');
    await copyFile(old, aside);
    await adding(old, 1, 90_000);
    const lacking = await retiring('--yes');
    expect([lacking.code, lacking.err]).toEqual([3, expect.stringContaining('k0/session:90000')]);
    await expect(remembered()).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(aside, old);
  });

  it('leaves no byte of it, tells what is left elsewhere, and the present vault as it was', async () => {
    const seen = join(folder, 'seen.sqlite');
    const kept = join(folder, 'kept.sqlite');
    await link(old, seen);
    await copyFile(old, kept);
    const retired = await retiring('--yes', '--json');
    expect(JSON.parse(retired.out)).toMatchObject({
      vault: old,
      keys: KEYS + 1,
      wrappedUpToEpoch: 1,
      leftovers: ['older-copies'],
      root: 'until-rotation',
    });
    expect(await besides()).toEqual([]);
    const bytes = await readFile(seen);
    expect([bytes.byteLength > 50_000, bytes.some((byte) => byte !== 0)]).toEqual([true, false]);
    expect(await reading()).toMatchObject({ code: 0, out: expect.stringContaining('Camille Exemple') });
    expect(await remembered()).toMatchObject([{ kind: 'sqlite', keys: KEYS + 1, endedAt: expect.any(String) }]);
    expect(await retiring('--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${KEYS + 1} wrapped keys`),
    });
    expect((await temoin('keys', 'rotate')).code).toBe(0);
    await rename(kept, old);
    expect(await retiring('--yes')).toMatchObject({ code: 0, out: expect.stringContaining('it is dead') });
  });

  it('goes on after kill -9, wherever it came, and doctor names what is unfinished', async () => {
    for (const afterMs of [0, 20]) {
      await rm(join(data, 'retired-vaults.json'), { force: true });
      await copyFile(moved, old);
      await killedOnceBegun(afterMs);
      const [left] = await remembered();
      if (left.endedAt === undefined) expect((await temoin('doctor')).out).toContain('sa destruction est inachevée');
      const done = await retiring('--yes', '--json');
      expect([done.code, JSON.parse(done.out).keys]).toEqual([0, KEYS + 1]);
      expect(await besides()).toEqual([]);
    }
    expect((await reading()).out).toContain('Camille Exemple');
    await expect(stat(moved)).resolves.toMatchObject({ size: expect.any(Number) });
  });
});

/** Starts the command as a process and kills it so long after it is on record that it began. */
async function killedOnceBegun(afterMs: number): Promise<void> {
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const args = [main, '--data', data, 'keys', 'retire', '--from', `sqlite://${old}`, '--yes'];
  const env = { ...process.env, TEMOIN_KEY_VAULT: `sqlite://${moved}` };
  const child = spawn(process.execPath, args, { stdio: 'ignore', env });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (child.exitCode === null && !(await remembered().catch(() => undefined)))
    await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await ended;
}
