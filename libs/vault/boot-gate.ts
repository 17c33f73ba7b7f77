import type { CellId, Opened } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import { codeOf } from './error-code.js';
import type { ErasureLedger, LedgerNote } from './ledger.js';
import type { Vault } from './vault.js';

/** A destruction that the log tells of. */
export interface LoggedDestruction {
  readonly destructionId: string;
  readonly cells: readonly CellId[];
  /** Undefined: decided, and not yet carried out as far as the log knows. */
  readonly destroyedAt: Instant | undefined;
}

/** A destruction that a certificate tells of. */
export interface CertifiedDestruction extends LoggedDestruction {
  /** Whether this installation signed it. Asked before anything is done on its word. */
  readonly isGenuine: () => boolean;
}

export type GateFault = 'ledger-missing' | 'ledger-shortened' | 'ledger-forged' | 'ledger-unavailable';

/** What the start found and did. Opaque ids only. */
export interface GateReport {
  /** Undefined: values may be opened. Otherwise nothing is, until a start finds the ledger whole. */
  readonly fault: GateFault | undefined;
  /** For the person who runs the installation: what is wrong and what to do; empty when nothing is. */
  readonly says: string;
  /**
   * Cells that lived again although they must be dead, and were destroyed again. Not those of a destruction under way or
   * interrupted, of which the log does not say yet that it was done: they are destroyed too, and nothing was put back.
   */
  readonly destroyedAgain: readonly { readonly destructionId: string; readonly cell: CellId }[];
  /** Cells that this vault no longer knew of, and were fenced again. */
  readonly fencedAgain: number;
  /** Destructions of the ledger that the log no longer knows of: it was restored from an older backup. */
  readonly forgottenByLog: readonly string[];
  /** Destructions that are decided and not carried out: the erasure process does that. */
  readonly pending: readonly string[];
}

export interface BootGateOptions {
  readonly keyVault: KeyVault;
  readonly ledger: ErasureLedger;
  readonly logged: AsyncIterable<LoggedDestruction>;
  /** Read before the gate is asked: what was certified meanwhile is in the ledger. */
  readonly certified?: readonly CertifiedDestruction[];
}

const AT_ONCE = 500;

/**
 * Runs before any value is opened. Vault, ledger and log must agree on what is dead; the ledger wins over both, because a
 * restored backup may have made either forget. A key that should be dead is destroyed again, whatever else is wrong.
 * @throws KeyVaultError, EventStoreError when they cannot be asked: then nothing starts
 */
export async function bootGate({ keyVault, ledger, logged, certified = [] }: BootGateOptions): Promise<GateReport> {
  // The ledger is read last: it is written first, so whatever the others know by now must be in it.
  const fromLog = await collect(logged);
  const dead: CellId[] = [];
  for await (const { cell } of keyVault.tombstones()) dead.push(cell);
  const reading = await ledger
    .read()
    .catch((error: unknown) => ({ state: 'unavailable' as const, code: codeOf(error) }));
  const notes = reading.state === 'sound' ? reading.notes : [];
  const done = fromLog.filter((one) => one.destroyedAt !== undefined);
  const inLedger = new Set(notes.map((one) => one.destructionId));

  const underWay = new Set(fromLog.flatMap((one) => (one.destroyedAt === undefined ? [one.destructionId] : [])));
  const inLog = new Set(fromLog.map((one) => one.destructionId));
  const isCovered = coveredBy(notes);
  const notInLedger = [
    ...done.filter((one) => !inLedger.has(one.destructionId)),
    ...certified.filter((one) => !inLog.has(one.destructionId) && !one.cells.every(isCovered) && one.isGenuine()),
  ];
  const again = await destroyAgain(keyVault, underWay, [...notes, ...notInLedger]);
  const strays = dead.filter((cell) => !isCovered(cell)).length;
  const fault = faultOf(reading.state, notInLedger.length + strays);
  const line = reading.state === 'forged' ? reading.line : 0;
  return {
    fault,
    says: fault === undefined ? '' : advice[fault](ledger.where, line),
    ...again,
    forgottenByLog: notes.map((one) => one.destructionId).filter((id) => !inLog.has(id)),
    pending: fromLog.filter((one) => one.destroyedAt === undefined).map((one) => one.destructionId),
  };
}

/** One entry for each destruction; what was carried out wins over what was only decided. */
async function collect(logged: AsyncIterable<LoggedDestruction>): Promise<readonly LoggedDestruction[]> {
  const found = new Map<string, LoggedDestruction>();
  for await (const one of logged)
    if (one.destroyedAt !== undefined || !found.has(one.destructionId)) found.set(one.destructionId, one);
  return [...found.values()];
}

function faultOf(state: 'absent' | 'sound' | 'forged' | 'unavailable', unknown: number): GateFault | undefined {
  if (state === 'unavailable') return 'ledger-unavailable';
  if (state === 'forged') return 'ledger-forged';
  if (unknown === 0) return undefined;
  return state === 'absent' ? 'ledger-missing' : 'ledger-shortened';
}

const PUT_BACK =
  'Until then nothing sealed is opened; commands that open nothing go on. Put the ledger back from where it is kept, with the name above, and start again. If it is lost for good: temoin ledger rebuild';

const advice: Readonly<Record<GateFault, (where: string, line: number) => string>> = {
  'ledger-missing': (where) => `There were destructions and the erasure ledger ${where} is not there. ${PUT_BACK}`,
  'ledger-shortened': (where) =>
    `The erasure ledger ${where} lacks destructions that the log or the vault know of. ${PUT_BACK}`,
  'ledger-forged': (where, line) =>
    `Line ${line} of the erasure ledger ${where} was not written by this installation, or something before it was taken away. ${PUT_BACK}`,
  'ledger-unavailable': (where) => `The erasure ledger ${where} cannot be read. ${PUT_BACK}`,
};

async function destroyAgain(
  keyVault: KeyVault,
  underWay: ReadonlySet<string>,
  known: readonly (LedgerNote | LoggedDestruction)[],
): Promise<Pick<GateReport, 'destroyedAgain' | 'fencedAgain'>> {
  const wanted = known.flatMap(({ destructionId, cells, destroyedAt }) =>
    cells.map((one) => ({ destructionId, destroyedAt, cell: typeof one === 'string' ? one : one.cell })),
  );
  const destroyedAgain: { destructionId: string; cell: CellId }[] = [];
  let fencedAgain = 0;
  /** Killed with a cell above them a moment ago: the ledger lists each. */
  const gone = new Set<string>();
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const some = wanted.slice(start, start + AT_ONCE);
    const records = await keyVault.lookup(some.map(({ cell }) => cell));
    for (const [index, { cell, destructionId, destroyedAt }] of some.entries()) {
      const record = records[index];
      if (record?.state === 'destroyed' || destroyedAt === undefined || gone.has(cell)) continue;
      const tombstones = await keyVault.destroy(cell, { destroyedAt, proof: destructionId });
      if (underWay.has(destructionId)) continue;
      if (record) destroyedAgain.push({ destructionId, cell });
      else fencedAgain += 1;
      for (const below of tombstones) {
        if (below.cell !== cell) destroyedAgain.push({ destructionId, cell: below.cell });
        gone.add(below.cell);
      }
    }
  }
  return { destroyedAgain, fencedAgain };
}

/** Whether a cell, or one above it, is in the ledger. */
export function coveredBy(notes: readonly LedgerNote[]): (cell: CellId) => boolean {
  const known = new Set<string>(notes.flatMap(({ cells }) => cells.map(({ cell }) => cell)));
  return (cell) => {
    for (let end = cell.length; end > 0; end = cell.lastIndexOf('/', end - 1))
      if (known.has(cell.slice(0, end))) return true;
    return false;
  };
}

/** The vault while the gate is shut: seals and destroys as ever, opens nothing, and says why. */
export const shutVault = (vault: Vault): Vault => ({
  ...vault,
  open: async (values) => values.map((): Opened<unknown> => ({ state: 'unreadable', fault: 'erasures-unverified' })),
});
