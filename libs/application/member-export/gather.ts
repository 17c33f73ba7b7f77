import type { AnySealedEvent, EventDefinition } from '#kernel/define-event.js';
import { isSealed, type Sealed } from '#kernel/sealed.js';
import type { EventStore, Position, StoredEvent } from '#ports/event-store/event-store.js';

import { categoryWords } from './category-words.js';

/** Everything that the log holds of a member, streams in the order of their first event, values sealed. */
export interface Gathered {
  readonly streams: ReadonlyMap<string, readonly AnySealedEvent[]>;
  readonly upTo: Position | undefined;
}

interface GatherDeps {
  readonly eventStore: EventStore;
  readonly decode: (stored: StoredEvent) => AnySealedEvent;
}

/**
 * One pass over the whole log: an aggregate that is new is in the copy without anybody thinking of it. An event is the
 * member's when its `memberId` says so; a stream that has one is the member's as a whole.
 * @throws TemoinError when an event of the member does not decode: a copy that lacks something is none
 */
export async function gather({ eventStore, decode }: GatherDeps, memberId: string): Promise<Gathered> {
  const needle = Buffer.from(JSON.stringify(memberId));
  const mine = new Set<string>();
  const upTo = await eventStore.head();
  for await (const stored of eventStore.readAll()) {
    if (mine.has(stored.stream) || !holds(stored, needle)) continue;
    if (decode(stored).data.memberId === memberId) mine.add(stored.stream);
  }
  const streams = new Map<string, readonly AnySealedEvent[]>();
  for (const stream of mine) {
    const events: AnySealedEvent[] = [];
    for await (const stored of eventStore.readStream(stream)) events.push(decode(stored));
    streams.set(stream, events);
  }
  return { streams, upTo };
}

const holds = ({ data }: StoredEvent, needle: Buffer): boolean =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).includes(needle);

/** What the member said or gave: owed in a machine's form under portability (GDPR 20). */
const PROVIDED: ReadonlySet<string> = new Set([
  'MemberRegistered',
  'MemberIdentityCorrected',
  'SupportRequested',
  'NoGoZonesDeclared',
  'ConsentGiven',
  'ConsentRefused',
  'ConsentWithdrawn',
  'ConsentContested',
  'PreparationAnswered',
  'FollowUpAnswered',
  'MemberQuestionLogged',
  'RightsRequestReceived',
  'DataErasureRequested',
  'ComplaintFiled',
]);
export const isProvided = (type: string): boolean => PROVIDED.has(type);

/** Kinds of personal data in these events, in French. */
export function categoriesIn(events: readonly AnySealedEvent[], definitions: readonly EventDefinition[]): string[] {
  const found = new Set<string>();
  for (const { type, data } of events) {
    const definition = definitions.find((one) => one.type === type);
    for (const [name, value] of Object.entries(data)) {
      const category = definition?.data[name]?.personal?.category;
      if (category !== undefined && isSealed(value)) found.add(categoryWords[category] ?? category);
    }
  }
  return [...found];
}

/** Present identity: the last value that each field was given. */
export function presentIdentity(events: readonly AnySealedEvent[]): Readonly<Record<string, Sealed<string>>> {
  const fields = ['membershipNumber', 'name', 'email', 'phone', 'postalAddress'];
  const identity: Record<string, Sealed<string>> = {};
  for (const { type, data } of events)
    if (type === 'MemberRegistered' || type === 'MemberIdentityCorrected')
      for (const field of fields) if (isSealed(data[field])) identity[field] = data[field] as Sealed<string>;
  return identity;
}
