import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { candidate, cellId, why } from '#ports/key-vault/contract-rig.js';
import { takeServiceLock } from '../composition/service-lock.js';
import { captured } from './captured.fixture.js';

const KEYS = 4000;

let folder: string;
let data: string;
let target: string;
let staff: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-keys-move-'));
  data = join(folder, 'data');
  target = join(folder, 'apart', 'keys.sqlite');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (args: readonly string[], env: Record<string, string> = {}) => captured(['--data', data, ...args], env);
const moving = (...more: readonly string[]) => temoin(['keys', 'move', '--to', `sqlite://${target}`, ...more]);

describe('temoin keys move, from file to file', () => {
  it('says so where there is no installation, and refuses the places of events and views and the vault itself', async () => {
    expect((await moving()).code).toBe(5);
    const added = await temoin(['staff', 'add', '--name', 'Camille Exemple']);
    expect(added.code).toBe(0);
    staff = added.out.trim();
    for (const file of ['events.sqlite', 'views.sqlite', 'vault.sqlite'])
      expect((await temoin(['keys', 'move', '--to', `sqlite://${join(data, file)}`])).code).toBe(2);
    expect((await temoin(['keys', 'move', '--to', 'esdb://127.0.0.1:2113?tls=false'])).code).toBe(2);
  });

  it('refuses while a service runs on the folder', async () => {
    const lock = takeServiceLock(data);
    try {
      const refused = await moving();
      expect([refused.code, refused.err]).toEqual([5, expect.stringContaining('already runs')]);
    } finally {
      lock.release();
    }
    await expect(stat(target)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('tries out without making a file', async () => {
    const tried = await moving('--dry-run', '--json');
    expect(JSON.parse(tried.out)).toMatchObject({ dryRun: true, living: 1, there: { living: 0, tombstones: 0 } });
    await expect(stat(target)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('leaves a vault under which values open and the root key is rotated, without the old one', async () => {
    const moved = join(folder, 'moved.sqlite');
    const [old, aside] = [join(data, 'vault.sqlite'), join(folder, 'aside.sqlite')];
    expect((await temoin(['keys', 'move', '--to', `sqlite://${moved}`])).code).toBe(0);
    await rename(old, aside);
    const env = { TEMOIN_KEY_VAULT: `sqlite://${moved}` };
    const opening = ['stream', 'show', `staff-${staff}`, '--open', '--purpose', 'dispute', '--as', staff];
    expect(await temoin(opening, env)).toMatchObject({ code: 0, out: expect.stringContaining('Camille Exemple') });
    expect(await temoin(['keys', 'rotate'], env)).toMatchObject({ code: 0, out: 'epoch 2, 1 keys wrapped anew\n' });
    expect(await temoin(opening, env)).toMatchObject({ code: 0, out: expect.stringContaining('Camille Exemple') });
    await expect(stat(old)).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(moved, old);
  });

  it('goes on after kill -9; what was destroyed in between is destroyed there too', async () => {
    const vault = await openSqliteKeyVault({ file: join(data, 'vault.sqlite') });
    const names = Array.from({ length: KEYS }, (_, index) => `k${index % 9}/session:${index}`);
    await vault.getOrCreate(names.map((name) => candidate(name, 2)));
    for (let index = 0; index < 40; index += 1) await vault.destroy(cellId(names[index] ?? ''), why(`ev-${index}`));
    await vault.close();

    await killedHalfWay();

    const between = await openSqliteKeyVault({ file: join(data, 'vault.sqlite') });
    const later = await between.destroy(cellId('k8'), why('later'));
    await between.close();
    expect(later.length).toBeGreaterThan(300);

    const moved = await moving();
    // on a slow machine it says how far it is
    expect(moved).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^((Moving|Comparing) [a-z ]+: \d+ cells\n)*$/),
    });
    expect(moved.out).toMatch(/SHA-256 [0-9a-f]{64}/);
    expect(moved.out).toContain(`temoin keys retire --from sqlite://${join(data, 'vault.sqlite')}`);
    const again = JSON.parse((await moving('--json')).out);
    expect(again).toMatchObject({ movedKeys: 0, movedTombstones: 0, tombstones: 40 + later.length });
    expect(moved.out).toContain(again.digest);
  });

  it('refuses a target that holds keys of another installation, with exit code 3', async () => {
    const other = join(folder, 'other.sqlite');
    const vault = await openSqliteKeyVault({ file: other });
    await vault.getOrCreate([candidate('elsewhere/identity')]);
    await vault.close();
    const before = await readFile(other);
    const refused = await temoin(['keys', 'move', '--to', `sqlite://${other}`]);
    expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('another installation')]);
    expect(Buffer.compare(await readFile(other), before)).toBe(0);
  });
});

/** On a busy machine the command may be through before it is killed: then again, to another target. */
async function killedHalfWay(): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    target = join(folder, 'apart', `keys-${tries}.sqlite`);
    await killedWhile(60 / (tries + 1));
    const half = await moving('--dry-run', '--json');
    expect(half.code).toBe(0);
    const { there, living } = JSON.parse(half.out);
    if (there.living + there.tombstones < living + 40) return;
  }
}

/** Starts the command as a process and kills it so long after the target has begun to grow. */
async function killedWhile(afterMs: number): Promise<void> {
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const args = [main, '--data', data, 'keys', 'move', '--to', `sqlite://${target}`];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (child.exitCode === null) {
    const size = await stat(target).then(
      (one) => one.size,
      () => 0,
    );
    if (size > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await ended;
}
