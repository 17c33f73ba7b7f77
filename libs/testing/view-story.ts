import { createSecretKey, randomBytes } from 'node:crypto';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import type { AnyEvent, AnySealedEvent, EventDefinition } from '#kernel/define-event.js';
import { cellOf } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import type { Position } from '#ports/event-store/event-store.js';
import type { DocumentWrite, ViewStore } from '#ports/view-store/view-store.js';
import { openVault } from '#vault/open-vault.js';
import type { Vault } from '#vault/vault.js';
import type { ViewDefinition } from '#views/view.js';
import { declarationOf, deepFreeze, metaOf } from './sealed-event.js';

/** An event at its place in the log. */
export interface Placed {
  readonly event: AnySealedEvent;
  readonly position: Position;
}

/** A vault with a root key of its own, keys in memory. */
export function memoryVault(): Vault {
  const key = createSecretKey(randomBytes(32));
  return openVault({
    keyVault: memoryKeyVault(),
    roots: { current: 1, key: (epoch) => (epoch === 1 ? key : undefined) },
  });
}

/** Writes events as the application would: sealed under their real cells, with revisions and positions. */
export function storyteller(declarations: readonly EventDefinition[], vault: Vault) {
  const revisions = new Map<string, number>();
  let count = 0;
  return async (stream: string, recordedAt: string, ...events: readonly AnyEvent[]): Promise<readonly Placed[]> => {
    const placed: Placed[] = [];
    for (const event of events) {
      count += 1;
      const revision = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      const eventId = `00000000-0000-8000-8000-${String(count).padStart(12, '0')}`;
      const meta = metaOf(stream, revision, { eventId, recordedAt: recordedAt as Instant });
      placed.push({ event: await sealWith(vault, declarations, event, meta), position: positionOf(count) });
    }
    return placed;
  };
}

const positionOf = (count: number): Position => String(count).padStart(20, '0') as Position;

async function sealWith(
  vault: Vault,
  declarations: readonly EventDefinition[],
  event: AnyEvent,
  meta: AnySealedEvent['meta'],
): Promise<AnySealedEvent> {
  const definition = declarationOf(declarations, event);
  const parsed = definition.schema.safeParse(event.data);
  if (!parsed.success) throw new TypeError(`${event.type} does not meet its declaration: ${parsed.error.message}`);
  const data: Record<string, unknown> = { ...event.data };
  for (const path of Object.keys(event.data)) {
    const cell = cellOf(definition, event.data, meta.eventId, path);
    if (cell === undefined) continue;
    const { type, version } = event;
    const at = { stream: meta.stream, eventId: meta.eventId, type, version, path };
    const [result] = await vault.seal([{ at, cell, value: event.data[path] }]);
    if (result?.outcome !== 'sealed') throw new TypeError(`${event.type}.${path} could not be sealed`);
    data[path] = result.sealed;
  }
  return deepFreeze({ type: event.type, version: event.version, data, meta });
}

/** Folds placed events into a view, one step each, as a projection does; steps already applied change nothing. */
export async function project(
  view: ViewDefinition,
  story: readonly Placed[],
  viewStore: ViewStore = memoryViewStore(),
): Promise<ViewStore> {
  await viewStore.prepare(view.schema);
  for (const { event, position } of story) {
    if (!view.streamPrefixes.some((prefix) => event.meta.stream.startsWith(prefix))) continue;
    const writes: DocumentWrite[] = [];
    for (const { collection, id, next } of view.changes(event)) {
      const before = (await viewStore.load(view.schema, collection, [id])).get(id)?.document;
      const document = next(before && deepFreeze(before));
      if (document !== before && document !== undefined) writes.push({ collection, id, document, position });
    }
    await viewStore.apply(view.schema, { writes, checkpoint: position });
  }
  return viewStore;
}

/** Every document of a view as one value, for comparisons. */
export async function dump(view: ViewDefinition, viewStore: ViewStore): Promise<unknown> {
  const all: Record<string, unknown> = {};
  for (const { name } of view.schema.collections)
    for await (const one of viewStore.scan(view.schema, name)) all[`${name}/${one.id}`] = one.document;
  return all;
}
