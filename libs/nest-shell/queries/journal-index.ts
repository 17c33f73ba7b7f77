import { setImmediate as breathe } from 'node:timers/promises';
import type { Temoin } from '#application/temoin.js';
import type { Position } from '#ports/event-store/event-store.js';
import { journalView } from '#views/journal.js';
import type { JournalDocument } from '#views/journal-document.js';
import { createJournalSearch } from '#views/journal-search.js';
import { type JournalHit, retake, searchJournal } from '#views/journal-search-answer.js';
import type { JournalQuestion } from '#views/journal-search-page.js';
import type { AsOf } from '#views/view.js';
import { fault } from '../problems/problem-fault.js';

/** The search index over the journal, built in the background and kept true to the journal view. */
export interface JournalIndex {
  /**
   * One page of entries that hold every word.
   * @throws ProblemFault `search-not-ready` while the index is being built
   */
  search(question: JournalQuestion): Promise<JournalAnswer>;
  /** Builds it now, and follows the log from then on. Called once the service answers; a question asked before begins it too. */
  begin(): void;
  /** How far the building is, in entries. */
  readonly progress: { readonly ready: boolean; readonly taken: number; readonly total: number };
  close(): void;
}

export interface JournalAnswer {
  readonly items: readonly JournalHit[];
  readonly asOf: AsOf;
  readonly next: string | undefined;
  /** Entries that could not be searched whole, because a value could not be read: an outage, not an erasure. */
  readonly unreadable: number;
}

const { schema } = journalView;
/** Entries taken in without letting anything else run: some twenty milliseconds. */
const BATCH = 20;
/** How often the index follows the log when nobody asks, and how soon it tries again after an outage. */
const FOLLOW_MS = 10_000;
const RETRY_MS = 2000;
/** Values that could not be read are tried again this long after the last try. */
const MEND_MS = 30_000;

/** @param onReady told once, when the index answers: how many entries it took in, in how long */
export function openJournalIndex(
  temoin: Temoin,
  onReady: (taken: number, milliseconds: number) => void = () => undefined,
): JournalIndex {
  const { eventStore, viewStore, opener, vault } = temoin;
  const search = createJournalSearch({ opener });
  const progress = { ready: false, taken: 0, total: 0 };
  let closed = false;
  let seen: Position | undefined;
  let begun: number | undefined;
  let mended = performance.now();
  let turn: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const unlisten = vault.onDestroyed(({ cell }) => {
    // one text of an entry may be gone and the others not
    const concerned = search.forget(cell);
    if (concerned.length > 0) void inTurn(() => retake({ search, viewStore }, concerned)).catch(() => undefined);
  });
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.catch(() => undefined).then(work);
    return turn;
  };

  async function build(): Promise<void> {
    const upTo = (await temoin.asOf(schema.name)).position as Position | undefined;
    progress.taken = 0;
    progress.total = await viewStore.count(schema, { collection: 'sessions' });
    let batch: JournalDocument[] = [];
    const take = async () => {
      await search.take(batch);
      progress.taken += batch.length;
      batch = [];
      await breathe();
    };
    for await (const { document } of viewStore.scan(schema, 'sessions')) {
      if (closed) return;
      batch.push(document as unknown as JournalDocument);
      if (batch.length === BATCH) await take();
    }
    await take();
    seen = upTo;
    progress.ready = true;
    onReady(progress.taken, Math.round(performance.now() - (begun ?? 0)));
  }

  /** Takes in again every entry that an event touched between the last time and where the view stands now. */
  async function catchUp(): Promise<void> {
    const upTo = (await temoin.asOf(schema.name)).position as Position | undefined;
    const touched = new Set<string>();
    if (upTo !== undefined && upTo !== seen) {
      const range = { streamPrefixes: journalView.streamPrefixes, ...(seen === undefined ? {} : { after: seen }) };
      for await (const { stream, position } of eventStore.readAll(range)) {
        if (position > upTo) break;
        touched.add(stream.slice(PREFIX.length));
      }
    }
    if (search.unreadable.size > 0 && performance.now() - mended >= MEND_MS) {
      mended = performance.now();
      for (const sessionId of search.unreadable) touched.add(sessionId);
    }
    await retake({ search, viewStore }, [...touched]);
    seen = upTo;
  }

  const follow = (): void => {
    void inTurn(() => (progress.ready ? catchUp() : build()))
      .catch(() => undefined)
      .then(() => {
        if (closed) return;
        timer = setTimeout(follow, progress.ready ? FOLLOW_MS : RETRY_MS);
        timer.unref();
      });
  };
  const begin = (): void => {
    if (begun !== undefined || closed) return;
    begun = performance.now();
    follow();
  };

  return {
    begin,
    async search(question) {
      // an index that could open nothing would answer « nothing »
      if (!temoin.verified) throw fault('erasures-unverified');
      begin();
      if (!progress.ready) throw notReady(progress);
      await inTurn(catchUp);
      const asOf = { position: seen };
      const now = temoin.clock.now();
      const deps = { viewStore, opener, now, search, cellsOf: (subject: string) => vault.list(subject) };
      const { items, next } = await searchJournal(deps, question);
      return { items, next, asOf, unreadable: search.unreadable.size };
    },
    progress,
    close() {
      closed = true;
      clearTimeout(timer);
      unlisten();
    },
  };
}
const PREFIX = 'session-';

const notReady = ({ taken, total }: JournalIndex['progress']) =>
  fault('search-not-ready', {
    retryAfter: 2,
    detail: `La recherche se prépare : ${taken} interventions lues sur ${total}.`,
  });
