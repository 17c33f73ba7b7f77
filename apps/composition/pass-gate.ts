import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '#application/backup/durable.js';
import { eventCodec } from '#application/codec.js';
import { CellsCondemned, CellsDestroyed, custodyEvents } from '#domain/custody/events.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import { bootGate, type CertifiedDestruction, type GateReport, type LoggedDestruction } from '#vault/boot-gate.js';
import type { ErasureLedger } from '#vault/ledger.js';
import type { Stores } from './stores.js';

const codec = eventCodec([CellsCondemned, CellsDestroyed]);
const WANTED: ReadonlySet<string> = new Set([CellsCondemned.type, CellsDestroyed.type]);
/** Holds above all: every complaint has one. What is of none of these types is looked at. */
const withoutTypes = custodyEvents.map(({ type }) => type as string).filter((type) => !WANTED.has(type));

/** Reconciles vault, ledger, log and certificates. Runs before anything is opened, in the service and in every tool. */
export const passGate = (
  { keyVault, eventStore }: Stores,
  ledger: ErasureLedger,
  certified: readonly CertifiedDestruction[],
): Promise<GateReport> => bootGate({ keyVault, ledger, logged: loggedDestructions(eventStore), certified });

/** The last opening that met data older than the ledger, and what it did. Opaque ids only. */
export interface Reconciliation extends Pick<GateReport, 'destroyedAgain' | 'fencedAgain' | 'forgottenByLog'> {
  /** By the machine's clock. */
  readonly at: Instant;
}
const RECORD = 'last-reconciliation.json';

/** Keeps a report that has something to tell, for whoever asks later: the opening after it finds everything in order. */
export async function keepReport(data: string, report: GateReport, at: Instant): Promise<void> {
  const { destroyedAgain, fencedAgain, forgottenByLog } = report;
  if (destroyedAgain.length + fencedAgain + forgottenByLog.length === 0) return;
  const kept: Reconciliation = { at, destroyedAgain, fencedAgain, forgottenByLog };
  await writeDurably(join(data, RECORD), `${JSON.stringify(kept, null, 2)}\n`);
}

/** @returns undefined when older data was never met, or the record is gone */
export async function lastReconciliation(data: string): Promise<Reconciliation | undefined> {
  try {
    return JSON.parse(await readFile(join(data, RECORD), 'utf8'));
  } catch {
    return undefined;
  }
}

export async function* loggedDestructions(eventStore: EventStore): AsyncGenerator<LoggedDestruction> {
  for await (const stored of eventStore.readAll({ streamPrefixes: ['custody-'], withoutTypes })) {
    if (!WANTED.has(stored.type)) continue;
    const { destructionId, cells, destroyedAt } = codec.decode(stored).event.data as unknown as {
      readonly destructionId: string;
      readonly cells: readonly (string | { readonly cell: string })[];
      readonly destroyedAt?: Instant;
    };
    const ids = cells.map((one) => (typeof one === 'string' ? one : one.cell) as CellId);
    yield { destructionId, cells: ids, destroyedAt };
  }
}
