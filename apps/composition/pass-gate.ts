import { eventCodec } from '#application/codec.js';
import { CellsCondemned, CellsDestroyed } from '#domain/custody/events.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import { bootGate, type GateReport, type LoggedDestruction } from '#vault/boot-gate.js';
import type { ErasureLedger } from '#vault/ledger.js';
import type { Stores } from './stores.js';

const codec = eventCodec([CellsCondemned, CellsDestroyed]);

/** Reconciles vault, ledger and log. Runs before anything is opened, in the service and in every tool. */
export const passGate = ({ keyVault, eventStore }: Stores, ledger: ErasureLedger): Promise<GateReport> =>
  bootGate({ keyVault, ledger, logged: loggedDestructions(eventStore) });

export async function* loggedDestructions(eventStore: EventStore): AsyncGenerator<LoggedDestruction> {
  for await (const stored of eventStore.readAll({ streamPrefixes: ['custody-'] })) {
    if (stored.type !== CellsCondemned.type && stored.type !== CellsDestroyed.type) continue;
    const { destructionId, cells, destroyedAt } = codec.decode(stored).event.data as unknown as {
      readonly destructionId: string;
      readonly cells: readonly (string | { readonly cell: string })[];
      readonly destroyedAt?: Instant;
    };
    const ids = cells.map((one) => (typeof one === 'string' ? one : one.cell) as CellId);
    yield { destructionId, cells: ids, destroyedAt };
  }
}
