import { type AnyEvent, type AnySealedEvent, cellOf } from '#kernel/define-event.js';
import type { Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import type { NewEvent } from '#ports/event-store/event-store.js';
import type { Tombstone } from '#ports/key-vault/key-vault.js';
import type { SealRequest, SealResult, Vault } from '#vault/vault.js';
import type { Codec, StoredMetadata } from './codec.js';
import type { CommandEnvelope } from './command.js';
import { eventIdOf } from './event-id.js';
import { TemoinError } from './fault.js';
import { storedData } from './stored-data.js';

export interface SealedAppend {
  readonly outcome: 'sealed';
  /** The bytes to store. */
  readonly newEvents: readonly NewEvent[];
  /** The same events as a reader of those bytes will see them. */
  readonly events: readonly AnySealedEvent[];
}
export type SealedOrErased =
  | SealedAppend
  | { readonly outcome: 'erased'; readonly erasedAt: Instant; readonly proof: string };

/**
 * Decided events to bytes: checked against their declarations, personal fields sealed under their cells, all in one call
 * to the vault. When it answers, the keys are on disk: an append that follows never holds a value without a key. A crash
 * in between leaves keys without events, which harms nobody and is used by the retry.
 * @param firstRevision revision that the first event will have
 * @throws TemoinError `invalid-event`; KeyVaultError
 */
export async function sealEvents(
  vault: Vault,
  codec: Codec,
  envelope: CommandEnvelope,
  decided: readonly AnyEvent[],
  recordedAt: Instant,
  firstRevision: number,
): Promise<SealedOrErased> {
  const { stream, commandId } = envelope;
  const requests: SealRequest[] = [];
  const drafts = decided.map((event, index) => {
    const { type, version } = event;
    const eventId = eventIdOf(stream, commandId, index);
    const definition = codec.definition(type, version);
    const checked = definition.schema.safeParse(event.data);
    if (!checked.success) {
      const where = checked.error.issues.map((issue) => `${issue.path.join('.')} (${issue.code})`).join(', ');
      throw new TemoinError('invalid-event', `${type} v${version} breaks its declaration at ${where}`);
    }
    const sealedAt = new Map<string, number>();
    for (const path of Object.keys(definition.data)) {
      const value = event.data[path];
      const cell = value === undefined ? undefined : cellOf(definition, event.data, eventId, path);
      if (cell === undefined) continue;
      sealedAt.set(path, requests.length);
      requests.push({ at: { stream, eventId, type, version, path }, cell, value });
    }
    return { event, eventId, sealedAt };
  });

  const results = requests.length === 0 ? [] : await vault.seal(requests);
  const erased = firstErasure(results);
  if (erased !== undefined) return { outcome: 'erased', erasedAt: erased.destroyedAt, proof: erased.proof };

  const newEvents: NewEvent[] = [];
  const events: AnySealedEvent[] = [];
  for (const [index, { event, eventId, sealedAt }] of drafts.entries()) {
    const sealed = (path: string) => {
      const at = sealedAt.get(path);
      return at === undefined ? undefined : sealedOf(results[at]);
    };
    const seen: Record<string, unknown> = {};
    for (const [path, value] of Object.entries(event.data)) if (value !== undefined) seen[path] = sealed(path) ?? value;
    const metadata = metadataOf(envelope, event.version, recordedAt);
    newEvents.push({ eventId, type: event.type, data: storedData(seen, sealed), metadata: bytesOf(metadata) });
    const { actor } = envelope;
    const meta = { eventId, stream, revision: firstRevision + index, recordedAt, actor, commandId };
    events.push({ type: event.type, version: event.version, data: seen, meta });
  }
  return { outcome: 'sealed', newEvents, events };
}

/** Both ids are always there for EventStoreDB's own tools (`$by_correlation_id`), and on every engine alike. */
function metadataOf(envelope: CommandEnvelope, version: number, recordedAt: Instant): StoredMetadata {
  const { actor, commandId, requestDigest, correlationId, causationId } = envelope;
  return {
    version,
    recordedAt,
    actor,
    commandId,
    ...(requestDigest === undefined ? {} : { requestDigest }),
    $correlationId: correlationId ?? commandId,
    $causationId: causationId ?? commandId,
  };
}

function firstErasure(results: readonly SealResult[]): Tombstone | undefined {
  const tombstones = results.flatMap((one) => (one.outcome === 'erased' ? [one.tombstone] : []));
  return tombstones.sort((one, other) => (one.destroyedAt < other.destroyedAt ? -1 : 1))[0];
}

const sealedOf = (result: SealResult | undefined): Sealed<unknown> | undefined =>
  result?.outcome === 'sealed' ? result.sealed : undefined;

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');
