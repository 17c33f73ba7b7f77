import { createHash } from 'node:crypto';
import type { Temoin } from '#application/temoin.js';

/** Everything that a run left behind, in a form that does not depend on the engine. */
export interface Snapshot {
  /** In global order. Positions are the engine's own and are left out; `data` and `metadata` are the stored bytes. */
  readonly events: readonly SnapshotEvent[];
  /** By `view/collection/id`: SHA-256 of the document, its position replaced by the number of the event. */
  readonly documents: Readonly<Record<string, string>>;
  /** Rebuilt documents that differed from the live ones, and streams that were parked. */
  readonly faults: readonly string[];
  /** What each command was answered, in order. */
  readonly answers: readonly string[];
}

export interface SnapshotEvent {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

const POSITION = /"(\d{20})"/g;

/** Rebuilds every view, then reads log and views. Everything must have been projected. */
export async function snapshotOf(temoin: Temoin, answers: readonly string[]): Promise<Snapshot> {
  const events: SnapshotEvent[] = [];
  const numbers = new Map<string, number>();
  for await (const { position, data, metadata, ...rest } of temoin.eventStore.readAll()) {
    numbers.set(position, events.length);
    const { stream, revision, eventId, type } = rest;
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
    events.push({ stream, revision, eventId, type, data: text(data), metadata: text(metadata) });
  }
  const documents: Record<string, string> = {};
  const faults: string[] = [];
  // a position is an address in one engine's log: what must be the same is the event that it names
  const named = (json: string) =>
    json.replace(POSITION, (whole, position: string) =>
      numbers.has(position) ? `"#${numbers.get(position)}"` : whole,
    );
  for (const { schema } of temoin.views) {
    const { differences, parked } = await temoin.rebuild(schema.name);
    if (differences.length > 0) faults.push(`${schema.name}: ${differences.length} documents differ from the rebuild`);
    if (parked.length > 0) faults.push(`${schema.name}: ${parked.length} streams are parked`);
    for (const { name } of schema.collections)
      for await (const { id, document, position } of temoin.viewStore.scan(schema, name))
        documents[`${schema.name}/${name}/${id}`] = createHash('sha256')
          .update(named(JSON.stringify([canonical(document), position])))
          .digest('hex');
  }
  return { events, documents, faults, answers };
}

/** The same document with its properties in one order: engines keep none. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, canonical(part)]));
}
