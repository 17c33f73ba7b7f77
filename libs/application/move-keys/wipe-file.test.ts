import { link, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHalfWiped, wipeDatabaseFile } from './wipe-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-wipe-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('removing a database file', () => {
  it('leaves zeros where its bytes were, of the file and of what lies beside it, and no name', async () => {
    const names = ['vault.sqlite', 'vault.sqlite-wal', 'vault.sqlite-shm'];
    for (const [index, name] of names.entries()) {
      await writeFile(join(folder, name), Buffer.alloc(1_500_000 * index + 7, 0x5a));
      await link(join(folder, name), join(folder, `seen-${name}`));
    }
    await writeFile(join(folder, 'other'), 'kept');
    expect(await wipeDatabaseFile(join(folder, 'vault.sqlite'))).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['other', ...names.map((name) => `seen-${name}`)].sort());
    for (const [index, name] of names.entries()) {
      const bytes = await readFile(join(folder, `seen-${name}`));
      expect([bytes.byteLength, bytes.some((byte) => byte !== 0)]).toEqual([1_500_000 * index + 7, false]);
    }
    expect(await wipeDatabaseFile(join(folder, 'vault.sqlite'))).toBe(false);
  });

  it('finishes what was cut while the file stood aside, half overwritten', async () => {
    const file = join(folder, 'vault.sqlite');
    await writeFile(file, Buffer.concat([Buffer.alloc(100), Buffer.alloc(100, 1)]));
    expect(await isHalfWiped(file)).toBe(false);
    await rename(file, `${file}.retired`);
    await writeFile(`${file}-wal`, 'x');
    expect(await isHalfWiped(file)).toBe(true);
    expect(await wipeDatabaseFile(file)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });
});
