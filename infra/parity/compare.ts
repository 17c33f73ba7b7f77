import type { Snapshot, SnapshotEvent } from './snapshot.js';

/** Where two runs of the same scenario part. Empty: the same bytes in each stream, the same order, the same views. */
export function differencesOf(one: Snapshot, other: Snapshot): readonly string[] {
  return [
    ...one.faults.map((fault) => `first: ${fault}`),
    ...other.faults.map((fault) => `second: ${fault}`),
    ...firstOf('answer', one.answers, other.answers, (answer) => answer),
    ...streams(one.events, other.events),
    ...firstOf('order', one.events, other.events, ({ stream, revision }) => `${stream}@${revision}`),
    ...documents(one.documents, other.documents),
  ];
}

function streams(one: readonly SnapshotEvent[], other: readonly SnapshotEvent[]): readonly string[] {
  const [mine, theirs] = [byStream(one), byStream(other)];
  const found: string[] = [];
  for (const stream of new Set([...mine.keys(), ...theirs.keys()]))
    found.push(...firstOf(`stream ${stream}`, mine.get(stream) ?? [], theirs.get(stream) ?? [], bytesOf));
  return found;
}

const bytesOf = ({ revision, eventId, type, data, metadata }: SnapshotEvent): string =>
  [revision, eventId, type, data, metadata].join('\n');

function byStream(events: readonly SnapshotEvent[]): ReadonlyMap<string, readonly SnapshotEvent[]> {
  const found = new Map<string, SnapshotEvent[]>();
  for (const event of events) found.set(event.stream, [...(found.get(event.stream) ?? []), event]);
  return found;
}

function documents(one: Snapshot['documents'], other: Snapshot['documents']): readonly string[] {
  const ids = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return ids.filter((id) => one[id] !== other[id]).map((id) => `document ${id} differs`);
}

/** The first place at which two lists part, as one line. */
function firstOf<T>(
  what: string,
  one: readonly T[],
  other: readonly T[],
  textOf: (item: T) => string,
): readonly string[] {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [mine, theirs] = [one[at], other[at]].map((item) => (item === undefined ? 'nothing' : textOf(item)));
    if (mine !== theirs) return [`${what}, number ${at}: ${clip(mine)} | ${clip(theirs)}`];
  }
  return [];
}

const clip = (text = ''): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text).replaceAll('\n', ' ');
