import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportStoreContract } from '#ports/export-store/export-store.contract.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { folderExportStore } from './export-store-folder.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

exportStoreContract('folder', async () => folderExportStore(folder.file('exports')));

describe('export store: folder', () => {
  it('is closed to others, and makes nothing before the first export', async () => {
    const path = folder.file('exports');
    const store = folderExportStore(path);
    expect(await store.ids()).toEqual([]);
    await expect(stat(path)).rejects.toThrow(/ENOENT/);
    await store.put('a', 'one');
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await stat(join(path, 'a.sealed.json'))).mode & 0o777).toBe(0o600);
  });

  it('does not take what a crash left half written for an export', async () => {
    const store = folderExportStore(folder.file('exports'));
    await store.put('a', 'one');
    const half = join(folder.file('exports'), 'b.sealed.json.4a7c');
    await writeFile(half, 'ha');
    expect(await store.ids()).toEqual(['a']);
    expect(await store.get('b')).toBeUndefined();
    expect(await readdir(folder.file('exports'))).toHaveLength(2);
    await utimes(half, new Date(0), new Date(0));
    expect(await store.ids()).toEqual(['a']);
    expect(await readdir(folder.file('exports'))).toEqual(['a.sealed.json']);
  });
});
