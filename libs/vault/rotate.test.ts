import { readdir, readFile, writeFile } from 'node:fs/promises';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import type { CellId, Sealed, SealedAt } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { liveRootKeys } from './live-root-keys.js';
import { openVault } from './open-vault.js';
import { createRootKeyFile, readRootKeyFile, rootKeyFile } from './root-key-file.js';
import { type RotationStep, rotateRootKey } from './rotate.js';

const at: SealedAt = { stream: 'session-1', eventId: 'e1', type: 'Noted', version: 1, path: 'note' };
const cellOf = (number: number) => `m1/session:${String(number).padStart(3, '0')}` as CellId;
const why = { destroyedAt: '2026-06-02T08:00:00.000Z' as Instant, proof: 'test' };
const steps: readonly RotationStep[] = [
  'epoch-added',
  'old-epoch-ended',
  'cells-wrapped',
  'old-epoch-destroyed',
  'vault-swept',
  'done',
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let keyVault: KeyVault;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = folder.file('root-key.json');
  await createRootKeyFile(path);
  keyVault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
});
afterEach(async () => {
  await keyVault.close();
  await folder.remove();
});

/** A process of its own, as far as memory goes: root keys as they were when it began, and no cached cell key. */
const running = async (store = keyVault) =>
  openVault({ keyVault: store, roots: await liveRootKeys({ load: rootKeyFile(path).load }), keepMs: 1 });

async function fill(count: number): Promise<readonly Sealed<unknown>[]> {
  const vault = await running();
  const requests = Array.from({ length: count }, (_, value) => ({ at, cell: cellOf(value), value }));
  const results = await vault.seal(requests);
  return results.flatMap((one) => (one.outcome === 'sealed' ? [one.sealed] : []));
}
const states = async (values: readonly Sealed<unknown>[]) =>
  (await (await running()).open(values)).map(({ state }) => state);
const all = (state: string, count: number) => Array.from({ length: count }, () => state);

describe('rotation of the root key', () => {
  it('leaves every living cell readable, under the new epoch alone', async () => {
    const values = await fill(30);
    await keyVault.destroy(cellOf(3), why);
    const report = await rotateRootKey({ path, keyVault, batch: 7 });
    expect(report).toEqual({ outcome: 'rotated', resumed: false, epoch: 2, rewrapped: 29, damaged: [], lost: 0 });
    expect((await readRootKeyFile(path)).epochs.map(({ epoch }) => epoch)).toEqual([2]);
    expect(await keyVault.livingBefore(2, 10)).toEqual([]);
    const found = await states(values);
    expect(found[3]).toBe('erased');
    expect(found.filter((state) => state === 'present')).toHaveLength(29);
    expect(await readdir(folder.path)).not.toContainEqual(expect.stringMatching(/root-key\.json\./));
  });

  it('makes every older copy of the vault dead', async () => {
    const values = await fill(3);
    await keyVault.close();
    const copy = await readFile(folder.file('vault.sqlite'));
    keyVault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
    await rotateRootKey({ path, keyVault });
    await writeFile(folder.file('old.sqlite'), copy);
    const old = await openSqliteKeyVault({ file: folder.file('old.sqlite') });
    const opened = await (await running(old)).open(values);
    await old.close();
    expect(opened).toEqual(all('', 3).map(() => ({ state: 'unreadable', fault: 'key-missing' })));
  });

  it('leaves no byte of an old wrapping or of the old root key in any file', async () => {
    await fill(40);
    const old = await keyVault.livingBefore(2, 100);
    const [root] = (await readRootKeyFile(path)).epochs;
    expect(old).toHaveLength(40);
    await rotateRootKey({ path, keyVault });
    for (const name of await readdir(folder.path)) {
      const bytes = await readFile(folder.file(name));
      for (const { wrapped } of old) expect(bytes.includes(Buffer.from(wrapped))).toBe(false);
      expect(bytes.includes(String(root?.key))).toBe(false);
      expect(bytes.includes(Buffer.from(String(root?.key), 'base64url'))).toBe(false);
    }
  });

  it.each(steps)('interrupted after « %s », loses nothing and is finished by the next', async (stopAt) => {
    const values = await fill(20);
    const stop = async (step: RotationStep) => {
      if (step === stopAt) throw new Error('killed');
    };
    await expect(rotateRootKey({ path, keyVault, batch: 7, onStep: stop })).rejects.toThrow('killed');
    expect(await states(values)).toEqual(all('present', 20));
    const report = await rotateRootKey({ path, keyVault, batch: 7 });
    expect(report).toMatchObject({ outcome: 'rotated', resumed: stopAt !== 'done', epoch: stopAt === 'done' ? 3 : 2 });
    expect(await states(values)).toEqual(all('present', 20));
    expect(await readRootKeyFile(path)).toMatchObject({ epochs: [{ epoch: report.epoch }], unswept: false });
    expect(await keyVault.livingBefore(report.epoch, 1)).toEqual([]);
  });

  it.each(steps)('a process that seals at « %s » with the old epoch in its memory loses nothing', async (when) => {
    const values = [...(await fill(10))];
    const other = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
    const service = await running(other);
    let number = 100;
    await rotateRootKey({
      path,
      keyVault,
      batch: 4,
      onStep: async (step) => {
        if (step !== when) return;
        const [result] = await service.seal([{ at, cell: cellOf(number++), value: 'late' }]);
        if (result?.outcome !== 'sealed') throw new Error('not sealed');
        values.push(result.sealed);
      },
    });
    expect(values.length).toBeGreaterThan(10);
    expect(await states(values)).toEqual(all('present', values.length));
    expect((await service.open(values)).map(({ state }) => state)).toEqual(all('present', values.length));
    await other.close();
  });

  it('keeps the old epoch when a living cell cannot be wrapped again, unless it is told to give it up', async () => {
    const values = await fill(3);
    const [first] = await keyVault.livingBefore(2, 1);
    if (!first) throw new Error('no cell');
    const broken = Uint8Array.from(first.wrapped, (byte, index) => (index === 20 ? byte ^ 1 : byte));
    await keyVault.rewrap([{ cell: first.cell, fromEpoch: 1, key: { ...first, wrapped: broken } }]);
    const blocked = await rotateRootKey({ path, keyVault });
    expect(blocked).toMatchObject({ outcome: 'blocked', damaged: [first.cell], rewrapped: 2 });
    expect((await readRootKeyFile(path)).epochs).toHaveLength(2);
    const forced = await rotateRootKey({ path, keyVault, abandonDamaged: true });
    expect(forced).toMatchObject({ outcome: 'rotated', resumed: true, damaged: [first.cell] });
    expect((await states(values)).sort()).toEqual(['present', 'present', 'unreadable']);
    // what was given up blocks nothing any more
    expect(await rotateRootKey({ path, keyVault })).toMatchObject({
      outcome: 'rotated',
      epoch: 3,
      damaged: [],
      lost: 1,
    });
    expect((await states(values)).sort()).toEqual(['present', 'present', 'unreadable']);
  });

  it('never changes the installation’s own secret', async () => {
    const before = (await readRootKeyFile(path)).installation;
    await rotateRootKey({ path, keyVault });
    expect((await readRootKeyFile(path)).installation).toBe(before);
  });

  it('keeps the identifiers of a file that was made before the secret was', async () => {
    const { epochs } = await readRootKeyFile(path);
    await writeFile(path, JSON.stringify({ format: 'temoin-root-key/1', epochs }));
    const before = (await readRootKeyFile(path)).installation;
    await rotateRootKey({ path, keyVault });
    const text = await readFile(path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ installation: before, epochs: [{ epoch: 2 }] });
  });
});
