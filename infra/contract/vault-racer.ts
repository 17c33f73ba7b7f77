import { openMongoKeyVault } from '#adapters/key-vault-mongodb/key-vault-mongodb.js';
import type { CellId } from '#kernel/sealed.js';
import { candidate, hex, why } from '#ports/key-vault/contract-rig.js';

/** What one process saw, on the machine's one monotonic clock (nanoseconds, as text). */
export interface Sighting {
  readonly cell: string;
  readonly what: 'living' | 'destroyed' | 'destroy';
  /** The key's bytes, where it was living. */
  readonly key: string;
  readonly started: string;
  readonly ended: string;
}

/** A process of its own: creates, looks up and destroys cells of one subject that other processes do the same to. */
async function race([connectionString = '', database = '', subject = '', cells = '0', rounds = '0']: string[]) {
  const vault = await openMongoKeyVault({ connectionString, database });
  const seen: Sighting[] = [];
  const names = Array.from({ length: Number(cells) }, (_, at) => `${subject}/session:${at}`);
  const some = () => names[Math.floor(Math.random() * names.length)] as CellId;
  const once = async () => {
    const cell = some();
    const started = String(process.hrtime.bigint());
    const end = () => String(process.hrtime.bigint());
    if (Math.random() < 0.06) {
      await vault.destroy(cell, why('race'));
      seen.push({ cell, what: 'destroy', key: '', started, ended: end() });
      return;
    }
    const below = Math.random() < 0.5 ? (`${cell}/below` as CellId) : cell;
    const [record] = await vault.getOrCreate([candidate(below)]);
    const key = record?.state === 'living' ? hex(record.key.wrapped) : '';
    seen.push({ cell: below, what: record?.state ?? 'destroyed', key, started, ended: end() });
  };
  process.send?.('ready');
  await new Promise((resolve) => process.once('message', resolve));
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let round = 0; round < Number(rounds); round += 1) await once();
    }),
  );
  await vault.close();
  await new Promise((resolve) => process.send?.(seen, resolve));
  process.disconnect();
}

await race(process.argv.slice(2));
