import { type Codec, eventCodec } from '#application/codec.js';
import type { Temoin } from '#application/temoin.js';
import type { EventDefinition } from '#kernel/define-event.js';
import type { Position } from '#ports/event-store/event-store.js';
import { createMemberSearch, type MemberSearch } from '#views/member-search.js';
import { membersView } from '#views/members.js';
import { fault } from '../problems/problem-fault.js';

/** The search index over members, kept true to the log by reading what is new before each question. */
export interface MemberIndex {
  /** Ids of the members that match, best first; true up to every event stored before the question. */
  find(text: string): Promise<readonly string[]>;
  /** A member whose identity was found to be erased is not found any more. */
  forget(memberId: string): void;
  close(): void;
}

const PREFIXES = ['member-'];

/** Fills the index from the members view, then from the log. Nothing readable is written anywhere. */
export async function openMemberIndex(temoin: Temoin, events: readonly EventDefinition[]): Promise<MemberIndex> {
  const { eventStore, viewStore, opener, vault } = temoin;
  const search = createMemberSearch({ viewStore, opener });
  const codec = eventCodec(events);
  const unlisten = vault.onDestroyed(({ cell }) => search.forget(cell));
  let seen = (await temoin.asOf(membersView.schema.name)).position as Position | undefined;
  await search.build();
  let turn: Promise<void> = Promise.resolve();

  async function catchUp(): Promise<void> {
    const head = await eventStore.head();
    if (head === undefined || head === seen) return;
    const range = { streamPrefixes: PREFIXES, ...(seen === undefined ? {} : { after: seen }) };
    for await (const stored of eventStore.readAll(range)) await take(search, codec, stored);
    seen = head;
  }

  return {
    async find(text) {
      // an index that could open nothing would answer « nobody »
      if (!temoin.verified) throw fault('erasures-unverified');
      turn = turn.catch(() => undefined).then(catchUp);
      await turn;
      return search.find(text);
    },
    forget: (memberId) => search.forget(`${memberId}/identity`),
    close: unlisten,
  };
}

/** An event that no longer decodes is the projections' to report: the index goes without it. */
async function take(search: MemberSearch, codec: Codec, stored: Parameters<Codec['decode']>[0]): Promise<void> {
  let event: ReturnType<Codec['decode']>['event'];
  try {
    event = codec.decode(stored).event;
  } catch {
    return;
  }
  await search.apply(event);
}
