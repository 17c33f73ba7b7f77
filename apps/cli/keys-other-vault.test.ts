import { copyFile, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { captured } from './captured.fixture.js';

let folder: string;
let here: string;
let there: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-other-vault-'));
  here = join(folder, 'here');
  there = join(folder, 'there');
  for (const data of [here, there]) expect((await captured(['--data', data, ...staff], {})).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const staff = ['staff', 'add', '--name', 'Camille Exemple'];
const fileOf = (data: string) => join(data, 'vault.sqlite');
const on = (vault: string) => ({ TEMOIN_KEY_VAULT: `sqlite://${vault}` });
const temoin = (args: readonly string[], env: Record<string, string> = {}) => captured(['--data', here, ...args], env);

/** What the vault says of the log it belongs to. */
function noted(file: string): string | undefined {
  const database = new DatabaseSync(file);
  const row = database.prepare("SELECT text FROM note WHERE name = 'log'").get() as { text: string } | undefined;
  database.close();
  return row?.text;
}

/** As the version before left it. */
function forget(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('DROP TABLE note');
  database.close();
}

describe('the key vault of another installation, with keys in it', () => {
  it('is refused at every start, with what to do, where it says whose it is and where it does not', async () => {
    const key = await readFile(join(here, 'root-key.json'), 'utf8');
    for (const said of [false, true]) {
      if (said) expect((await captured(['--data', there, 'journal'], {})).code).toBe(0);
      else forget(fileOf(there));
      for (const command of [staff, ['journal'], ['keys', 'rotate']]) {
        const refused = await temoin(command, on(fileOf(there)));
        expect(refused.code).toBe(5);
        for (const part of ['TEMOIN_KEY_VAULT', fileOf(there), 'another installation', 'temoin keys adopt'])
          expect(refused.err).toContain(part);
      }
      expect(noted(fileOf(there)) !== undefined).toBe(said);
    }
    const doctor = await temoin(['doctor'], on(fileOf(there)));
    expect([doctor.code, doctor.out]).toEqual([1, expect.stringContaining('n’est pas celui de ce journal')]);
    expect(await readFile(join(here, 'root-key.json'), 'utf8')).toBe(key);
    for (const data of [here, there]) expect((await captured(['--data', data, 'doctor'], {})).code).toBe(0);
  });

  it('does not keep the own one out: told by an earlier version nothing, moved, or older than the log', async () => {
    const older = join(folder, 'older.sqlite');
    await copyFile(fileOf(here), older);
    forget(older);
    forget(fileOf(here));
    const added = await temoin(staff);
    expect(added.code).toBe(0);
    expect(noted(fileOf(here))).toMatch(/^[0-9a-f-]{36}$/);
    const moved = join(folder, 'moved.sqlite');
    expect((await temoin(['keys', 'move', '--to', `sqlite://${moved}`])).code).toBe(0);
    expect(noted(moved)).toBe(noted(fileOf(here)));
    for (const vault of [moved, older]) expect((await temoin(['journal'], on(vault))).code).toBe(0);
    expect(noted(older)).toBe(noted(moved));
    const elsewhere = await captured(['--data', there, 'journal'], on(moved));
    expect([elsewhere.code, elsewhere.err]).toEqual([5, expect.stringContaining('another installation')]);
  });

  it('is adopted by whoever says so, and only then; the own one needs no adopting', async () => {
    expect((await temoin(['keys', 'adopt', '--yes'])).code).toBe(3);
    const unasked = await temoin(['keys', 'adopt'], on(fileOf(there)));
    expect([unasked.code, unasked.err]).toEqual([3, expect.stringContaining('Nothing was changed')]);
    expect((await temoin(['journal'], on(fileOf(there)))).code).toBe(5);
    // an empty log needs no key: nothing to adopt it for
    const [events, aside] = [join(here, 'events.sqlite'), join(folder, 'events.aside')];
    await rename(events, aside);
    const empty = await temoin(['keys', 'adopt', '--yes'], on(fileOf(there)));
    expect([empty.code, empty.err]).toEqual([3, expect.stringContaining('log is empty')]);
    await rename(aside, events);
    expect((await temoin(['keys', 'adopt', '--yes'], on(fileOf(there)))).code).toBe(0);
    expect((await temoin(['journal'], on(fileOf(there)))).code).toBe(0);
  });
});
