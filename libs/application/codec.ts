import type { AnySealedEvent, EventDefinition, EventMeta } from '#kernel/define-event.js';
import type { SealedAt, SealedBox } from '#kernel/sealed.js';
import { isInstant } from '#kernel/time.js';
import type { StoredEvent } from '#ports/event-store/event-store.js';
import { TemoinError } from './fault.js';

/** What is stored beside an event's data. No personal data, ever. Names with `$` are EventStoreDB's own. */
export interface StoredMetadata {
  readonly version: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly commandId: string;
  readonly requestDigest?: string;
  /** Absent in older events, as the next one. */
  readonly $correlationId?: string;
  readonly $causationId?: string;
}

/** A pure step from one version of an event to the next. Sealed values are carried on unopened, under any new name. */
export interface Upcaster {
  readonly type: string;
  readonly from: number;
  readonly up: (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}

export interface DecodedEvent {
  readonly event: AnySealedEvent;
  readonly metadata: StoredMetadata;
}

export interface Codec {
  /**
   * Bytes to the event in the shape of today's declaration. Sealed values are told where they were sealed, so that they
   * open from anywhere they are carried.
   * @throws TemoinError `unknown-event` | `damaged-event`
   */
  decode(stored: StoredEvent): DecodedEvent;
  /** @throws TemoinError `invalid-event` when nothing of that type and version is declared */
  definition(type: string, version: number): EventDefinition;
}

/** @param definitions every version that may be written; an older one that was only ever read needs its upcasters alone */
export function eventCodec(definitions: readonly EventDefinition[], upcasters: readonly Upcaster[] = []): Codec {
  const declared = new Map<string, EventDefinition>();
  const latest = new Map<string, number>();
  for (const one of definitions) {
    const key = keyOf(one.type, one.version);
    if (declared.has(key) && declared.get(key) !== one) throw new TypeError(`${key} is declared twice`);
    declared.set(key, one);
    latest.set(one.type, Math.max(one.version, latest.get(one.type) ?? 0));
  }
  const steps = new Map(upcasters.map((one) => [keyOf(one.type, one.from), one]));
  const lately = decodedLately();

  return {
    definition(type, version) {
      const found = declared.get(keyOf(type, version));
      if (!found) throw new TemoinError('invalid-event', `${type} v${version} is not declared`);
      return found;
    },

    decode(stored) {
      const known = lately.find(stored);
      if (known) return known;
      const metadata = metadataOf(stored);
      const current = latest.get(stored.type);
      if (current === undefined || metadata.version > current)
        throw new TemoinError('unknown-event', `${stored.type} v${metadata.version} is not known to this program`);
      const at = { stream: stored.stream, eventId: stored.eventId, type: stored.type, version: metadata.version };
      let data = withPlaces(objectOf(stored.data, stored, 'data'), at);
      for (let version = metadata.version; version < current; version += 1) {
        const step = steps.get(keyOf(stored.type, version));
        if (!step) throw new TemoinError('unknown-event', `${stored.type} v${version} has no upcaster`);
        data = step.up(data);
      }
      const meta: EventMeta = {
        eventId: stored.eventId,
        stream: stored.stream,
        revision: stored.revision,
        recordedAt: metadata.recordedAt as EventMeta['recordedAt'],
        actor: metadata.actor,
        commandId: metadata.commandId,
      };
      const decoded = { event: { type: stored.type, version: current, data, meta }, metadata };
      lately.keep(stored, decoded);
      return decoded;
    },
  };
}

/**
 * Many views and processes follow the log side by side and are given the same event object: it is decoded once, and what
 * was decoded is changed by none of them. As many places as followers may be apart; large texts are not held on to.
 */
function decodedLately() {
  const places: ({ readonly stored: StoredEvent; readonly decoded: DecodedEvent } | undefined)[] = Array(512);
  const placeOf = ({ position }: StoredEvent) => Number(position.slice(-5)) % places.length;
  return {
    find(stored: StoredEvent): DecodedEvent | undefined {
      const found = places[placeOf(stored)];
      return found?.stored === stored ? found.decoded : undefined;
    },
    keep(stored: StoredEvent, decoded: DecodedEvent): void {
      if (stored.data.byteLength < 10_000) places[placeOf(stored)] = { stored, decoded };
    },
  };
}

const keyOf = (type: string, version: number): string => `${type} v${version}`;

/** A sealed value is stored without the place where it stands; a reader needs it to open the value elsewhere. */
function withPlaces(data: Record<string, unknown>, at: Omit<SealedAt, 'path'>): Readonly<Record<string, unknown>> {
  for (const [path, value] of Object.entries(data)) {
    const box = (value as { $sealed?: SealedBox } | null)?.$sealed;
    if (typeof box === 'object' && box !== null)
      data[path] = { $sealed: Object.assign({}, box, { at: { path, ...at } }) };
  }
  return data;
}

function metadataOf(stored: StoredEvent): StoredMetadata {
  const { version, recordedAt, actor, commandId, ...rest } = objectOf(stored.metadata, stored, 'metadata');
  if (
    typeof version !== 'number' ||
    !Number.isSafeInteger(version) ||
    version < 1 ||
    typeof recordedAt !== 'string' ||
    !isInstant(recordedAt) ||
    typeof actor !== 'string' ||
    typeof commandId !== 'string'
  )
    throw new TemoinError('damaged-event', `the metadata of a ${stored.type} is not what this program writes`);
  return { version, recordedAt, actor, commandId, ...rest };
}

function objectOf(bytes: Uint8Array, stored: StoredEvent, part: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    // answered below: bytes that are no JSON are as damaged as JSON that is no object
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TemoinError('damaged-event', `the ${part} of a ${stored.type} is no JSON object`);
  return value as Record<string, unknown>;
}
