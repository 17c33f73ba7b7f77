import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { storedData } from '#application/stored-data.js';
import type { CellId, Sealed } from '#kernel/sealed.js';
import type { EventStore, ExpectedRevision, NewEvent } from '#ports/event-store/event-store.js';
import { openVault } from '#vault/open-vault.js';
import type { SealRequest, Vault } from '#vault/vault.js';
import { type Pace, paceOf } from './bench.js';

/** What is in a field before it is sealed. */
const FIELD = 'x'.repeat(150);
const FIELDS = ['problem', 'description'] as const;

/**
 * The product's own path: seal two fields, write JSON, append durably.
 * @param given closed with the rest; default: a file in the folder
 */
export async function sealedAppends(folder: { file(name: string): string }, given?: EventStore) {
  const store = given ?? (await openSqliteEventStore({ file: folder.file('events.sqlite') }));
  const keyVault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
  const root = createSecretKey(randomBytes(32));
  const vault = openVault({ keyVault, roots: { current: 1, key: (epoch) => (epoch === 1 ? root : undefined) } });

  return {
    store,
    /** So many writers, each on a stream and under a key cell of its own, for so long. @returns events per second */
    writers(count: number, milliseconds: number): Promise<Pace> {
      const until = performance.now() + milliseconds;
      return paceOf(async () => {
        const written = await Promise.all(Array.from({ length: count }, () => write(store, vault, until)));
        return written.reduce((sum, one) => sum + one, 0);
      });
    },
    sealedEvent: (stream: string) => sealedEvent(vault, stream),
    async close() {
      await store.close();
      await keyVault.close();
    },
  };
}

async function write(store: EventStore, vault: Vault, until: number): Promise<number> {
  const stream = `session-${randomBytes(12).toString('hex')}`;
  let expected: ExpectedRevision = 'no-stream';
  let written = 0;
  for (; performance.now() < until; written += 1)
    expected = (await store.append(stream, expected, [await sealedEvent(vault, stream)])).revision;
  return written;
}

async function sealedEvent(vault: Vault, stream: string): Promise<NewEvent> {
  const eventId = randomUUID();
  const memberId = stream.slice(8);
  const cell = `${memberId}/session:${memberId}` as CellId;
  const requests = FIELDS.map(
    (path): SealRequest => ({
      at: { stream, eventId, type: 'ActionPerformed', version: 1, path },
      cell,
      value: FIELD,
    }),
  );
  const data: Record<string, unknown> = { sessionId: memberId, memberId };
  const boxes: Record<string, Sealed<unknown>> = {};
  for (const [index, result] of (await vault.seal(requests)).entries()) {
    if (result.outcome !== 'sealed') continue;
    const field = FIELDS[index] ?? '';
    boxes[field] = result.sealed;
    data[field] = result.sealed;
  }
  return {
    eventId,
    type: 'ActionPerformed',
    data: storedData(data, (field) => boxes[field]),
    metadata: Buffer.from(
      JSON.stringify({
        version: 1,
        recordedAt: '2026-06-02T07:30:00.000Z',
        actor: memberId,
        commandId: eventId,
        $correlationId: eventId,
        $causationId: eventId,
      }),
    ),
  };
}
