import type { EventStore, ExpectedRevision, NewEvent } from '#ports/event-store/event-store.js';
import { openSlice } from '../../apps/service/slice.js';
import { tellStory } from '../../apps/service/slice-story.js';
import { playCommands } from '../parity/play-commands.js';

/** Events of some people's stories, as the product writes them, that can be told again for other people as often as wanted. */
export interface Corpus {
  /** Events of one telling. */
  readonly size: number;
  /** What all tellings share: charter, staff, calendar. */
  readonly common: readonly Told[];
  /** The n-th telling: other streams, other members, other ids; the same sealed bytes. */
  telling(number: number): readonly Told[];
}

/** Consecutive events of one stream. */
export interface Told {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

/** Whose streams are told again; the others are common. */
const AGAIN = /^(member|request|session|rights|complaint)-/;
/** Destructions are left out: they are worth nothing without their ledger and their vault. */
const LEFT_OUT = /^custody-/;
/** What tells one telling from another: ids of the stories, of the requests that `tellStory` makes, and of events. */
const STORY_ID =
  /\b((?:member|request|session|rights|complaint|destruction|hold|report|disclosure|entry|action|credential)\d+)\b/;
const UUID = /\b([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\b/;
const ANY_ID = new RegExp(`${STORY_ID.source}|${UUID.source}`, 'g');

/** @param commands random ones, from a seed: about two events each */
export async function playCorpus(commands: number): Promise<Corpus> {
  const slice = await openSlice();
  try {
    await tellStory(slice);
    await playCommands(slice, { seed: 7, commands, settled: slice.settled });
    const told: { stream: string; eventId: string; type: string; data: string; metadata: string }[] = [];
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
    for await (const { stream, eventId, type, data, metadata } of slice.temoin.eventStore.readAll())
      if (!LEFT_OUT.test(stream)) told.push({ stream, eventId, type, data: text(data), metadata: text(metadata) });
    return corpusOf(told);
  } finally {
    await slice.close();
  }
}

type Line = { readonly stream: string } & Record<'eventId' | 'type' | 'data' | 'metadata', string>;

function corpusOf(lines: readonly Line[]): Corpus {
  const again = lines.filter(({ stream }) => AGAIN.test(stream) && STORY_ID.test(stream));
  const streams = new Set(again.map(({ stream }) => stream));
  const common = lines.filter(({ stream }) => !streams.has(stream));
  const templates = again.map((line) => ({
    type: line.type,
    stream: templateOf(line.stream),
    eventId: templateOf(line.eventId),
    data: templateOf(line.data),
    metadata: templateOf(line.metadata),
  }));
  return {
    size: again.length,
    common: grouped(common),
    telling: (number) =>
      grouped(
        templates.map(({ type, stream, eventId, data, metadata }) => ({
          type,
          stream: stream(number),
          eventId: eventId(number),
          data: data(number),
          metadata: metadata(number),
        })),
      ),
  };
}

/** Text between ids, and ids, told apart once: a telling only puts them together. */
function templateOf(text: string): (number: number) => string {
  const pieces: (string | ((number: number) => string))[] = [];
  let from = 0;
  for (const found of text.matchAll(ANY_ID)) {
    pieces.push(text.slice(from, found.index));
    const [whole, story] = found;
    from = found.index + whole.length;
    const last = Number.parseInt(whole.slice(-8), 16);
    pieces.push(
      story === undefined
        ? (number) => `${whole.slice(0, -8)}${((last + number) >>> 0).toString(16).padStart(8, '0')}`
        : (number) => `${story}x${number}`,
    );
  }
  pieces.push(text.slice(from));
  return (number) => pieces.map((one) => (typeof one === 'string' ? one : one(number))).join('');
}

function grouped(lines: readonly Line[]): readonly Told[] {
  const groups: { stream: string; events: NewEvent[] }[] = [];
  for (const { stream, eventId, type, data, metadata } of lines) {
    const event = { eventId, type, data: Buffer.from(data), metadata: Buffer.from(metadata) };
    const last = groups.at(-1);
    if (last?.stream === stream) last.events.push(event);
    else groups.push({ stream, events: [event] });
  }
  return groups;
}

const TOLD_AT_ONCE = 64;

/** Writes common events and so many tellings, each in its own order, many at a time. @returns how many events */
export async function write(
  store: EventStore,
  corpus: Corpus,
  tellings: number,
  onWritten: (events: number) => void = () => undefined,
): Promise<number> {
  let written = 0;
  const tell = async (groups: readonly Told[]) => {
    const expected = new Map<string, ExpectedRevision>();
    for (const { stream, events } of groups) {
      const { revision } = await store.append(stream, expected.get(stream) ?? 'no-stream', events);
      expected.set(stream, revision);
      written += events.length;
    }
    onWritten(written);
  };
  await tell(corpus.common);
  let next = 0;
  await Promise.all(
    Array.from({ length: TOLD_AT_ONCE }, async () => {
      for (let number = next++; number < tellings; number = next++) await tell(corpus.telling(number));
    }),
  );
  return written;
}
