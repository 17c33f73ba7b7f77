import { epochCases } from './contract-epochs.js';
import { modelCases } from './contract-model.js';
import { noteCases } from './contract-notes.js';
import {
  candidate,
  cellId,
  hex,
  type KeyVaultContract,
  type KeyVaultRig,
  keyVaultRig,
  stateOf,
  subject,
  tombstonesOf,
  why,
} from './contract-rig.js';

/** What every key vault does, whatever its engine. An adapter's own test calls this with a way to open it. */
export function keyVaultContract(contract: KeyVaultContract): void {
  describe(`${contract.name} keeps the key vault's contract`, () => {
    const rig = keyVaultRig(contract);
    livingCases(rig);
    epochCases(rig);
    destructionCases(rig);
    noteCases(rig);
    modelCases(rig);
  });
}

function livingCases(rig: KeyVaultRig): void {
  describe('living cells', () => {
    it('stores a key once and gives the same bytes to everybody afterwards', async () => {
      const place = await rig.place();
      const [vault, other] = [await place.open(), await place.open()];
      const cell = `${subject()}/identity`;
      const first = candidate(cell, 3);
      expect(await vault.getOrCreate([first])).toEqual([{ state: 'living', key: first }]);
      expect(await other.getOrCreate([candidate(cell, 4)])).toEqual([{ state: 'living', key: first }]);
      expect(await other.lookup([first.cell])).toEqual([{ state: 'living', key: first }]);
      await Promise.all([vault.close(), other.close()]);
      expect(await (await place.open()).lookup([first.cell])).toEqual([{ state: 'living', key: first }]);
    });

    it('gives one and the same key to all who ask at once, from several instances', async () => {
      const place = await rig.place();
      const vaults = [await place.open(), await place.open()];
      const who = subject();
      const asked = Array.from({ length: 20 }, (_, index) => index % 5);
      const answers = await Promise.all(
        asked.map((number) =>
          (vaults[number % 2 ? 1 : 0] as (typeof vaults)[0]).getOrCreate([candidate(`${who}/session:${number}`)]),
        ),
      );
      const again = await Promise.all(
        asked.map((number) => stateOf(vaults[0] as (typeof vaults)[0], `${who}/session:${number}`)),
      );
      expect(answers.map(([record]) => record?.state === 'living' && hex(record.key.wrapped))).toEqual(again);
      expect(new Set(again).size).toBe(5);
    });

    it('answers in the order asked, the same cell twice too, and undefined for what is not there', async () => {
      const vault = await rig.vault();
      const who = subject();
      const [a, b] = [candidate(`${who}/identity`), candidate(`${who}/session:1`)];
      const records = await vault.getOrCreate([b, a, candidate(b.cell)]);
      expect(records.map((record) => record.state === 'living' && hex(record.key.wrapped))).toEqual(
        [b, a, b].map((key) => hex(key.wrapped)),
      );
      await vault.destroy(a.cell, why());
      const found = await vault.lookup([b.cell, cellId(`${who}/none`), a.cell, b.cell]);
      expect(found.map((record) => record?.state)).toEqual(['living', undefined, 'destroyed', 'living']);
      expect(await vault.getOrCreate([])).toEqual([]);
    });

    it('is not changed by what callers do with their arrays', async () => {
      const vault = await rig.vault();
      const key = candidate(`${subject()}/identity`);
      const kept = hex(key.wrapped);
      const [record] = await vault.getOrCreate([key]);
      key.wrapped.fill(0);
      if (record?.state === 'living') record.key.wrapped.fill(1);
      expect(await stateOf(vault, key.cell)).toBe(kept);
    });

    it('lists the cells of one subject, destroyed ones too, and nobody else’s', async () => {
      const vault = await rig.vault();
      const who = subject();
      const names = ['identity', 'session:1', 'session:1/e.text', 'session:10'].map((name) => `${who}/${name}`);
      await vault.getOrCreate(
        [...names, `${who}0/identity`, `${who}-/identity`, `${who}x`].map((cell) => candidate(cell)),
      );
      await vault.destroy(cellId(`${who}/session:1`), why());
      expect(await vault.list(who)).toEqual([
        { cell: `${who}/identity`, state: 'living' },
        { cell: `${who}/session:1`, state: 'destroyed' },
        { cell: `${who}/session:1/e.text`, state: 'destroyed' },
        { cell: `${who}/session:10`, state: 'living' },
      ]);
      expect(await vault.list(subject())).toEqual([]);
    });

    it.each(['', '/', 'm/', '/m', 'm//x', 'm x', 'm\0x', 'é', 'm/\n', 'x'.repeat(401)])(
      'refuses %j as a cell',
      async (name) => {
        const vault = await rig.vault();
        const refused = { code: 'invalid-cell' };
        await expect(vault.getOrCreate([candidate(name)])).rejects.toMatchObject(refused);
        await expect(vault.lookup([cellId(name)])).rejects.toMatchObject(refused);
        await expect(vault.destroy(cellId(name), why())).rejects.toMatchObject(refused);
      },
    );

    it('refuses every call once closed, after what was in flight', async () => {
      const vault = await (await rig.place()).open();
      const creating = vault.getOrCreate([candidate(`${subject()}/identity`)]);
      await Promise.all([vault.close(), vault.close()]);
      expect(await creating).toHaveLength(1);
      for (const call of [
        vault.lookup([cellId('m')]),
        vault.list('m'),
        vault.destroy(cellId('m'), why()),
        tombstonesOf(vault, 'm'),
      ])
        await expect(call).rejects.toMatchObject({ code: 'closed' });
    });
  });
}

function destructionCases(rig: KeyVaultRig): void {
  describe('destruction', () => {
    it('answers a tombstone for the cell and for each living cell below it', async () => {
      const vault = await rig.vault();
      const who = subject();
      const names = ['session:1', 'session:1/a.text', 'session:1/b.text', 'session:10', 'session:1x'].map(
        (name) => `${who}/${name}`,
      );
      await vault.getOrCreate(names.map((name) => candidate(name)));
      const tombstones = await vault.destroy(cellId(`${who}/session:1`), why('ev-1'));
      expect(tombstones).toEqual(names.slice(0, 3).map((cell) => ({ cell, ...why('ev-1') })));
      const states = (await vault.lookup(names.map(cellId))).map((record) => record?.state);
      expect(states).toEqual(['destroyed', 'destroyed', 'destroyed', 'living', 'living']);
    });

    it('cannot be passed: not by a retry, another instance, a cell below, or after a reopening', async () => {
      const place = await rig.place();
      const [vault, other] = [await place.open(), await place.open()];
      const who = subject();
      const cell = `${who}/session:1`;
      await vault.getOrCreate([candidate(cell)]);
      const [tombstone] = await vault.destroy(cellId(cell), why('ev-1'));
      const dead = { state: 'destroyed', tombstone };
      for (const one of [vault, other]) {
        expect(await one.getOrCreate([candidate(cell)])).toEqual([dead]);
        expect(await one.getOrCreate([candidate(`${cell}/late.text`)])).toEqual([dead]);
        expect(await one.lookup([cellId(cell), cellId(`${cell}/late.text`)])).toEqual([dead, dead]);
      }
      await Promise.all([vault.close(), other.close()]);
      expect(await (await place.open()).getOrCreate([candidate(cell)])).toEqual([dead]);
    });

    it('fences a cell that never existed', async () => {
      const vault = await rig.vault();
      const cell = cellId(`${subject()}/session:9`);
      expect(await vault.destroy(cell, why('early'))).toEqual([{ cell, ...why('early') }]);
      expect((await vault.getOrCreate([candidate(cell)]))[0]).toMatchObject({ state: 'destroyed' });
    });

    it('destroys a whole subject, now and for what would come', async () => {
      const vault = await rig.vault();
      const who = subject();
      await vault.getOrCreate([
        candidate(`${who}/identity`),
        candidate(`${who}/session:1`),
        candidate(`${who}x/identity`),
      ]);
      expect(await vault.destroy(cellId(who), why())).toHaveLength(3);
      expect(await stateOf(vault, `${who}/identity`)).toBe('destroyed');
      expect(await stateOf(vault, `${who}/rights:new`)).toBe('destroyed');
      expect(await stateOf(vault, `${who}x/identity`)).not.toBe('destroyed');
    });

    it('keeps the first tombstone of a cell for ever', async () => {
      const vault = await rig.vault();
      const who = subject();
      await vault.getOrCreate([candidate(`${who}/identity`)]);
      const first = await vault.destroy(cellId(`${who}/identity`), why('first'));
      expect(await vault.destroy(cellId(`${who}/identity`), why('second', '2027-01-01T00:00:00.000Z'))).toEqual(first);
      await vault.destroy(cellId(who), why('third'));
      expect((await vault.lookup([cellId(`${who}/identity`)]))[0]).toMatchObject({ tombstone: { proof: 'first' } });
    });

    it('gives all tombstones, oldest first, however many', async () => {
      const vault = await rig.vault();
      const who = subject();
      await vault.getOrCreate(Array.from({ length: 600 }, (_, index) => candidate(`${who}/session:${index}`)));
      await vault.destroy(cellId(`${who}/session:9`), why('one'));
      await vault.destroy(cellId(`${who}/session:5`), why('two'));
      await vault.destroy(cellId(who), why('all'));
      const tombstones = await tombstonesOf(vault, who);
      expect(tombstones).toHaveLength(601);
      expect(tombstones.slice(0, 3).map((one) => one.proof)).toEqual(['one', 'two', 'all']);
      expect(await vault.livingBefore(99, 1000).then((keys) => keys.filter((key) => key.cell.startsWith(who)))).toEqual(
        [],
      );
    });

    it('wins every race with creation: a key is never there after its destruction', async () => {
      const place = await rig.place();
      const [vault, other] = [await place.open(), await place.open()];
      const who = subject();
      const cells = Array.from({ length: 12 }, (_, index) => `${who}/session:${index}`);
      await Promise.all(
        cells.flatMap((cell) => [
          vault.getOrCreate([candidate(cell)]),
          other.destroy(cellId(cell), why()),
          other.getOrCreate([candidate(cell), candidate(`${cell}/below`)]),
        ]),
      );
      const after = await vault.lookup(cells.flatMap((cell) => [cellId(cell), cellId(`${cell}/below`)]));
      expect(new Set(after.map((record) => record?.state))).toEqual(new Set(['destroyed']));
    });
  });
}
