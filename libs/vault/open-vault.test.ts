import fc from 'fast-check';
import { memoryCells, memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import type { CellId, Opened, Sealed, SealedAt, SealedBox } from '#kernel/sealed.js';
import { type KeyVault, KeyVaultError } from '#ports/key-vault/key-vault.js';
import { memoryRootKey } from '#testing/open-memory-temoin.js';
import { openVault } from './open-vault.js';
import type { Vault } from './vault.js';

const at: SealedAt = { stream: 'session-1', eventId: 'e1', type: 'Noted', version: 1, path: 'note' };
const session = 'm1/session:s1' as CellId;
const roots = memoryRootKey();

async function sealed(vault: Vault, value: unknown, cell: CellId = session, place = at): Promise<Sealed<unknown>> {
  const [result] = await vault.seal([{ at: place, cell, value }]);
  if (result?.outcome !== 'sealed') throw new Error('not sealed');
  return result.sealed;
}
const openOne = async (vault: Vault, value: Sealed<unknown>): Promise<Opened<unknown> | undefined> =>
  (await vault.open([value]))[0];
const changed = (value: Sealed<unknown>, change: Partial<SealedBox & { at: SealedAt }>): Sealed<unknown> => ({
  $sealed: { ...value.$sealed, ...change },
});
const fresh = (keyVault: KeyVault = memoryKeyVault()) => openVault({ keyVault, roots });

describe('sealing and opening', () => {
  it('opens any JSON value where it was sealed, and never gives the same box twice', async () => {
    const vault = fresh();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const one = await sealed(vault, value);
        const two = await sealed(vault, value);
        expect(await openOne(vault, one)).toEqual({ state: 'present', value: JSON.parse(JSON.stringify(value)) });
        expect(new Set([one.$sealed.text, two.$sealed.text]).size).toBe(2);
        expect(new Set([one.$sealed.commit, two.$sealed.commit]).size).toBe(2);
        expect(new Set([one.$sealed.nonce, two.$sealed.nonce]).size).toBe(2);
      }),
      { numRuns: 200 },
    );
  });

  it('answers in the order of the questions, whatever their cells', async () => {
    const vault = fresh();
    const cells = ['m1/identity', 'm2/identity', 'm1/session:s1', 'm1/identity'] as CellId[];
    const results = await vault.seal(cells.map((cell, value) => ({ at, cell, value })));
    const boxes = results.flatMap((one) => (one.outcome === 'sealed' ? [one.sealed] : []));
    const opened = await vault.open([...boxes].reverse());
    expect(opened).toEqual([3, 2, 1, 0].map((value) => ({ state: 'present', value })));
  });

  it.each<[string, Partial<SealedBox & { at: SealedAt }>]>([
    ['stream', { at: { ...at, stream: 'session-2' } }],
    ['event', { at: { ...at, eventId: 'e2' } }],
    ['type', { at: { ...at, type: 'Other' } }],
    ['version', { at: { ...at, version: 2 } }],
    ['field', { at: { ...at, path: 'text' } }],
    ['stream and event with the same letters', { at: { ...at, stream: 'session-1e', eventId: '1' } }],
  ])('does not open a value moved to another %s', async (_, change) => {
    const vault = fresh();
    const box = await sealed(vault, 'secret');
    expect(await openOne(vault, changed(box, change))).toEqual({ state: 'unreadable', fault: 'damaged' });
  });

  it('does not open a value moved to another cell', async () => {
    const vault = fresh();
    const box = await sealed(vault, 'secret');
    await sealed(vault, 'other', 'm2/identity' as CellId);
    const moved = changed(box, { cell: 'm2/identity' as CellId });
    expect(await openOne(vault, moved)).toEqual({ state: 'unreadable', fault: 'damaged' });
  });

  it('answers « damaged » for a flip of any bit of nonce, text or commitment, however it is spelled', async () => {
    const vault = fresh();
    const box = await sealed(vault, 'a value of some length');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('nonce', 'text', 'commit'), fc.nat(), fc.nat(7), async (part, where, bit) => {
        const bytes = Buffer.from(box.$sealed[part as 'text'], 'utf8');
        const index = where % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index);
        const flipped = changed(box, { [part]: bytes.toString('latin1') });
        expect(await openOne(vault, flipped)).toEqual({ state: 'unreadable', fault: 'damaged' });
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws for the state of a value, whatever it is', async () => {
    const vault = fresh();
    const box = await sealed(vault, 'secret');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(box.$sealed)), fc.jsonValue(), async (name, value) => {
        const answer = await openOne(vault, changed(box, { [name]: value }));
        expect(answer?.state).toBe('unreadable');
      }),
    );
    for (const value of [null, undefined, 1, {}, { $sealed: null }, { $sealed: {} }])
      expect(await vault.open([value as unknown as Sealed<unknown>])).toEqual([
        { state: 'unreadable', fault: 'damaged' },
      ]);
  });

  it('answers « unknown-algorithm » for one that it does not know', async () => {
    const vault = fresh();
    const box = await sealed(vault, 'secret');
    const other = changed(box, { alg: 'XCHACHA' as 'A256GCM' });
    expect(await openOne(vault, other)).toEqual({ state: 'unreadable', fault: 'unknown-algorithm' });
  });

  it('answers « key-missing » when there is neither key nor tombstone', async () => {
    const box = await sealed(fresh(), 'secret');
    expect(await openOne(fresh(), box)).toEqual({ state: 'unreadable', fault: 'key-missing' });
  });

  it('answers « key-missing » when the root key of the epoch is gone', async () => {
    const cells = memoryCells();
    const box = await sealed(fresh(memoryKeyVault(cells)), 'secret');
    const later = openVault({
      keyVault: memoryKeyVault(cells),
      roots: { current: 2, key: (epoch) => (epoch === 2 ? roots.key(1) : undefined) },
    });
    expect(await openOne(later, box)).toEqual({ state: 'unreadable', fault: 'key-missing' });
  });

  it('answers « damaged » under another root key, and refuses to seal there', async () => {
    const cells = memoryCells();
    const box = await sealed(fresh(memoryKeyVault(cells)), 'secret');
    const stranger = openVault({ keyVault: memoryKeyVault(cells), roots: memoryRootKey() });
    expect(await openOne(stranger, box)).toEqual({ state: 'unreadable', fault: 'damaged' });
    await expect(stranger.seal([{ at, cell: session, value: 1 }])).rejects.toMatchObject({ code: 'damaged' });
  });

  it('answers « vault-unavailable » when the store is away, never « erased »', async () => {
    const cells = memoryCells();
    const box = await sealed(fresh(memoryKeyVault(cells)), 'secret');
    const away = memoryKeyVault(cells);
    await away.close();
    expect(await openOne(fresh(away), box)).toEqual({ state: 'unreadable', fault: 'vault-unavailable' });
    await expect(fresh(away).seal([{ at, cell: session, value: 1 }])).rejects.toBeInstanceOf(KeyVaultError);
  });
});
