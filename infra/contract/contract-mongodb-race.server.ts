import { type ChildProcess, fork } from 'node:child_process';
import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import { testingDatabase } from '#adapters/shared-mongodb/testing-database.js';
import type { CellId } from '#kernel/sealed.js';
import { isWithinCell } from '#kernel/sealed.js';
import { hex, subject } from '#ports/key-vault/contract-rig.js';
import type { Sighting } from './vault-racer.js';

const PROCESSES = 3;
const CELLS = 12;
const ROUNDS = 60;

const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T));
    child.once('exit', (code) => reject(new Error(`a racer ended with ${code}`)));
  });

describe('the key vault on MongoDB with several processes', () => {
  it('gives everybody one key for a cell, and never one after its destruction', async () => {
    const database = testingDatabase();
    const who = subject();
    const racers = Array.from({ length: PROCESSES }, () =>
      fork(new URL('./vault-racer.js', import.meta.url), [
        database.connectionString,
        database.database,
        who,
        String(CELLS),
        String(ROUNDS),
      ]),
    );
    try {
      await Promise.all(racers.map((racer) => message<string>(racer)));
      const ended = racers.map((racer) => message<Sighting[]>(racer));
      for (const racer of racers) racer.send('go');
      const seen = (await Promise.all(ended)).flat();

      const destroyed = seen.filter((one) => one.what === 'destroy');
      const living = seen.filter((one) => one.what === 'living');
      expect(seen).toHaveLength(PROCESSES * 8 * ROUNDS);
      expect(destroyed.length).toBeGreaterThan(0);
      expect(living.length).toBeGreaterThan(0);
      const keys = new Map<string, string>();
      for (const { cell, key } of living) expect(keys.set(cell, keys.get(cell) ?? key).get(cell)).toBe(key);
      for (const death of destroyed)
        for (const one of living)
          if (isWithinCell(one.cell, death.cell)) expect(BigInt(one.started) < BigInt(death.ended)).toBe(true);

      const vault = await openMongoKeyVault(database);
      const listed = await vault.list(who);
      const records = await vault.lookup(listed.map((one) => one.cell));
      for (const [at, record] of records.entries()) {
        const cell = listed[at]?.cell as CellId;
        const dead = destroyed.some((death) => isWithinCell(cell, death.cell));
        expect(record?.state).toBe(dead ? 'destroyed' : 'living');
        if (record?.state === 'living') expect(hex(record.key.wrapped)).toBe(keys.get(cell));
      }
      await vault.close();
    } finally {
      for (const racer of racers) racer.kill();
      await database.remove();
    }
  }, 120_000);
});
