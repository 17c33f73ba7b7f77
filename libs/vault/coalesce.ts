import type { CellId } from '#kernel/sealed.js';
import type { CellRecord, KeyVault, WrappedKey } from '#ports/key-vault/key-vault.js';

interface Waiting {
  readonly candidates: readonly WrappedKey[];
  readonly resolve: (records: readonly CellRecord[]) => void;
  readonly reject: (error: unknown) => void;
}

const MOST_AT_ONCE = 1000;

/**
 * Many commands need new keys at the same time, and each answer of the store is a commit on disk. Those who ask before
 * anything else can happen go together; while a call is under way, the others gather and go together as the next one.
 */
export function coalescedGetOrCreate(keyVault: KeyVault): KeyVault['getOrCreate'] {
  const queue: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    // the first would otherwise go alone, and all who were ready beside it would wait for a commit of its one key
    await allWhoAreReady();
    while (queue.length > 0) {
      const batch: Waiting[] = [];
      const byCell = new Map<CellId, WrappedKey>();
      while (queue.length > 0 && byCell.size < MOST_AT_ONCE) {
        const next = queue.shift();
        if (!next) break;
        batch.push(next);
        for (const candidate of next.candidates) if (!byCell.has(candidate.cell)) byCell.set(candidate.cell, candidate);
      }
      await send(batch, byCell);
    }
    running = false;
  }

  async function send(batch: readonly Waiting[], byCell: ReadonlyMap<CellId, WrappedKey>): Promise<void> {
    try {
      const cells = [...byCell.keys()];
      const answers = await keyVault.getOrCreate([...byCell.values()]);
      const records = new Map(cells.map((cell, index) => [cell, answers[index]]));
      for (const { candidates, resolve, reject } of batch) {
        const mine = candidates.map(({ cell }) => records.get(cell)).filter((one) => one !== undefined);
        if (mine.length === candidates.length) resolve(mine);
        else reject(new TypeError('the key store left candidates unanswered'));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (candidates) =>
    new Promise((resolve, reject) => {
      queue.push({ candidates, resolve, reject });
      if (!running) void drain();
    });
}

/** Everything that can go on by itself, without an event from outside, has gone on when this answers. */
const allWhoAreReady = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
