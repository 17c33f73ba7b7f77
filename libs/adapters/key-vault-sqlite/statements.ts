import { type CellId, cellAndAncestors } from '#kernel/sealed.js';
import type { CellListing, Tombstone } from '#ports/key-vault/key-vault.js';
import type { Database } from '#sqlite/database.js';
import type { Reply } from '#sqlite/run.js';
import type {
  CreateArgument,
  FoundCell,
  LivingArgument,
  RewrapArgument,
  TombstonePage,
  TombstonesArgument,
} from './operations.js';

interface KeyRow {
  readonly cell: string;
  readonly epoch: number;
  readonly wrapped: Uint8Array;
}
interface TombstoneRow {
  readonly number: number;
  readonly cell: string;
  readonly destroyed_at: string;
  readonly proof: string;
}

const tombstoneOf = (row: TombstoneRow): Tombstone =>
  ({ cell: row.cell, destroyedAt: row.destroyed_at, proof: row.proof }) as Tombstone;

const NOTHING = new Uint8Array();

/** Cells below a cell are a range of text: `0` is the character after `/`. */
export const WITHIN = "(cell = ?1 OR (cell > ?1 || '/' AND cell < ?1 || '0'))";

/** The worker's side of the vault, all but destruction. */
export function cellStatements(database: Database) {
  const key = database.prepare('SELECT cell, epoch, wrapped FROM cell WHERE cell = ?');
  const tombstone = database.prepare('SELECT * FROM tombstone WHERE cell = ?');
  const insert = database.prepare('INSERT INTO cell (cell, epoch, wrapped) VALUES (?, ?, ?)');
  const replace = database.prepare('UPDATE cell SET epoch = ?, wrapped = ? WHERE cell = ? AND epoch = ?');
  const within = database.prepare(
    `SELECT cell FROM cell WHERE ${WITHIN} UNION SELECT cell FROM tombstone WHERE ${WITHIN} ORDER BY cell`,
  );
  const before = database.prepare(
    `SELECT cell, epoch, wrapped FROM cell WHERE epoch < ? AND cell > ?
       AND NOT EXISTS (SELECT 1 FROM tombstone WHERE tombstone.cell = cell.cell) ORDER BY cell LIMIT ?`,
  );
  const moved = database.prepare('UPDATE moves SET count = count + 1');
  const raise = database.prepare(
    'INSERT INTO first_epoch (one, epoch) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET epoch = max(epoch, excluded.epoch)',
  );
  const firstEpoch = database.prepare('SELECT epoch FROM first_epoch');
  const isOver = (epoch: number): boolean => epoch < ((firstEpoch.get() as { epoch: number } | undefined)?.epoch ?? 0);
  const inOrder = database.prepare('SELECT * FROM tombstone WHERE number > ? ORDER BY number LIMIT ?');

  /** The fence first: a tombstone here or above wins over a key that is still there. */
  function fence(cell: string): Tombstone | undefined {
    for (const one of cellAndAncestors(cell as CellId)) {
      const row = tombstone.get(one) as TombstoneRow | undefined;
      if (row) return tombstoneOf(row);
    }
    return undefined;
  }

  function find(cell: string, blobs: Uint8Array[]): FoundCell {
    const dead = fence(cell);
    if (dead) return dead;
    const row = key.get(cell) as KeyRow | undefined;
    if (row) blobs.push(row.wrapped);
    return row?.epoch;
  }

  return {
    getOrCreate(candidates: CreateArgument, wrapped: readonly Uint8Array[]): Reply {
      const blobs: Uint8Array[] = [];
      const value = candidates.map(([cell, epoch], index) => {
        const there = find(cell, blobs);
        if (there !== undefined) return there;
        if (isOver(epoch)) return 'stale-epoch';
        const made = wrapped[index] ?? NOTHING;
        insert.run(cell, epoch, made);
        blobs.push(made);
        return epoch;
      });
      return { value, blobs };
    },

    lookup(cells: readonly string[]): Reply {
      const blobs: Uint8Array[] = [];
      return { value: cells.map((cell) => find(cell, blobs)), blobs };
    },

    list(subject: string): Reply {
      const rows = within.all(subject) as { cell: CellId }[];
      const value = rows.map(({ cell }): CellListing => ({ cell, state: fence(cell) ? 'destroyed' : 'living' }));
      return { value };
    },

    livingBefore([epoch, limit, after]: LivingArgument): Reply {
      let rows = before.all(epoch, after, limit) as KeyRow[];
      let living = rows.filter((row) => !fence(row.cell));
      // a page is empty only at the end
      for (let last = rows.at(-1); living.length === 0 && last && rows.length === limit; last = rows.at(-1)) {
        rows = before.all(epoch, last.cell, limit) as KeyRow[];
        living = rows.filter((row) => !fence(row.cell));
      }
      return { value: living.map((row) => [row.cell, row.epoch]), blobs: living.map((row) => row.wrapped) };
    },

    rewrap(replacements: RewrapArgument, wrapped: readonly Uint8Array[]): Reply {
      let replaced = 0;
      for (const [index, [cell, fromEpoch, epoch]] of replacements.entries())
        if (!fence(cell) && !isOver(epoch))
          replaced += Number(replace.run(epoch, wrapped[index], cell, fromEpoch).changes);
      // an epoch of another length makes rows longer, and longer rows move
      if (replaced > 0) moved.run();
      return { value: replaced };
    },

    raiseEpoch(epoch: number): Reply {
      raise.run(epoch);
      return {};
    },

    tombstones([after, limit]: TombstonesArgument): Reply {
      const rows = inOrder.all(after, limit) as TombstoneRow[];
      const value: TombstonePage = {
        tombstones: rows.map(tombstoneOf),
        next: rows.length < limit ? undefined : rows.at(-1)?.number,
      };
      return { value };
    },
  };
}
