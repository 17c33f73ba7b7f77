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
  /**
   * Fills it now, in the background, before anybody asks. Called once the service answers: what a start reads beside itself
   * makes it longer, by as much as there are members.
   * @returns when that has ended, well or not: whoever asks fills it again, and hears why it cannot be
   */
  begin(): Promise<void>;
  /** A member whose identity was found to be erased is not found any more. */
  forget(memberId: string): void;
  close(): void;
}

const PREFIXES = ['member-'];

/**
 * Filled from the members view, then from the log: a start waits for neither, the first question for both. Nothing readable
 * is written anywhere.
 */
export function openMemberIndex(temoin: Temoin, events: readonly EventDefinition[]): MemberIndex {
  const { eventStore, viewStore, opener, vault } = temoin;
  const search = createMemberSearch({ viewStore, opener });
  const codec = eventCodec(events);
  const unlisten = vault.onDestroyed(({ cell }) => search.forget(cell));
  let seen: Position | undefined;
  let filled = false;
  let turn: Promise<void> = Promise.resolve();

  async function fill(): Promise<void> {
    if (filled) return;
    const { position } = await temoin.asOf(membersView.schema.name);
    await search.build();
    seen = position as Position | undefined;
    filled = true;
  }

  async function catchUp(): Promise<void> {
    const head = await eventStore.head();
    if (head === undefined || head === seen) return;
    const range = { streamPrefixes: PREFIXES, ...(seen === undefined ? {} : { after: seen }) };
    for await (const stored of eventStore.readAll(range)) await take(search, codec, stored);
    seen = head;
  }

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.catch(() => undefined).then(work);
    return turn;
  };

  return {
    async find(text) {
      // an index that could open nothing would answer « nobody »
      if (!temoin.verified) throw fault('erasures-unverified');
      await inTurn(() => fill().then(catchUp));
      return search.find(text);
    },
    begin: () => inTurn(fill).catch(() => undefined),
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
