import { randomBytes, randomUUID } from 'node:crypto';
import type { Delivery, EventStore, ExpectedRevision, NewEvent, StoredEvent } from './event-store.js';

/** Where a log lives: a file, a server. */
export interface EventStorePlace {
  /** Another instance on the same log, as another process would open it. */
  open(): Promise<EventStore>;
  /** Called when all instances are closed. */
  remove(): Promise<void>;
}

/** What an adapter gives to run the contract. */
export interface EventStoreContract {
  readonly name: string;
  readonly place: () => Promise<EventStorePlace>;
  /** False where places share one log with other tests (a server that is not restarted). Default true. */
  readonly startsEmpty?: boolean;
  /** False where the log itself is kept in memory, so that nothing can be said about a reader's. Default true. */
  readonly keepsEventsOnDisk?: boolean;
  /** Longest time for an append to reach a subscriber of another instance, in milliseconds. Default 2000. */
  readonly patience?: number;
  /** The most tries that one of 64 writers on one stream may need when each tries again at once. Default 128. */
  readonly mostTries?: number;
  /** Runs of the model test. Default 30. */
  readonly runs?: number;
}

export interface EventStoreRig {
  readonly contract: EventStoreContract;
  place(): Promise<EventStorePlace>;
  /** A store that tests share, each with streams of its own: not to be closed. */
  store(): Promise<EventStore>;
}

/** Opens what tests ask for, and closes and removes it after each of them. */
export function eventStoreRig(contract: EventStoreContract): EventStoreRig {
  let opened: EventStore[] = [];
  let places: EventStorePlace[] = [];
  let shared: { readonly place: EventStorePlace; readonly store: EventStore } | undefined;
  afterAll(async () => {
    await shared?.store.close();
    await shared?.place.remove();
  });
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await Promise.all(places.map((place) => place.remove()));
    opened = [];
    places = [];
  });
  const place = async (): Promise<EventStorePlace> => {
    const made = await contract.place();
    places.push(made);
    return {
      remove: made.remove,
      async open() {
        const store = await made.open();
        opened.push(store);
        return store;
      },
    };
  };
  return {
    contract,
    place,
    async store() {
      if (!shared) {
        const made = await contract.place();
        shared = { place: made, store: await made.open() };
      }
      return shared.store;
    },
  };
}

/** Streams of a test start with a category of its own, since tests may share one log. */
export const category = (): string => `t${randomBytes(8).toString('hex')}`;

const text = new TextEncoder();
export const newEvent = (content: unknown = {}, eventId: string = randomUUID()): NewEvent => ({
  eventId,
  type: 'Happened',
  data: text.encode(JSON.stringify({ content })),
  metadata: text.encode('{}'),
});
export const newEvents = (count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, index) => newEvent(index));

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const taken: T[] = [];
  for await (const one of source) taken.push(one);
  return taken;
}

export const revisions = (events: readonly StoredEvent[]): readonly number[] => events.map((event) => event.revision);
export const ids = (events: readonly { readonly eventId: string }[]): readonly string[] =>
  events.map((event) => event.eventId);

/** Appends one by one, each at the revision of the one before. */
export async function appendEach(store: EventStore, stream: string, events: readonly NewEvent[]): Promise<void> {
  let expected: ExpectedRevision = 'no-stream';
  for (const event of events) expected = (await store.append(stream, expected, [event])).revision;
}

/** Takes events (or whatever `wanted` says) from a subscription until there are enough of them, then ends it. */
export async function take(
  subscription: AsyncIterable<Delivery>,
  count: number,
  wanted: (delivery: Delivery) => boolean = (delivery) => delivery.kind === 'event',
): Promise<Delivery[]> {
  const taken: Delivery[] = [];
  if (count === 0) return taken;
  for await (const delivery of subscription) {
    if (wanted(delivery)) taken.push(delivery);
    if (taken.length >= count) break;
  }
  return taken;
}

export const eventsOf = (deliveries: readonly Delivery[]): readonly StoredEvent[] =>
  deliveries.flatMap((delivery) => (delivery.kind === 'event' ? [delivery.event] : []));

/** Appends at whatever revision the stream has, again and again until it is stored. @returns how many tries it took */
export async function insist(store: EventStore, stream: string, event: NewEvent): Promise<number> {
  let expected: ExpectedRevision = 'no-stream';
  for (let tries = 1; ; tries += 1) {
    try {
      await store.append(stream, expected, [event]);
      return tries;
    } catch (error) {
      const { code, actual } = error as { code?: string; actual?: ExpectedRevision };
      if (code !== 'wrong-expected-revision' || actual === undefined) throw error;
      expected = actual;
    }
  }
}
