import MiniSearch from 'minisearch';
import { isWithinCell } from '#kernel/sealed.js';
import type { Opener } from '#ports/opener/opener.js';
import { articleOf } from './compliance.js';
import type { JournalDocument } from './journal-document.js';
import { type Found, filtered, type IndexedEntry, type JournalQuestion, pageOf } from './journal-search-page.js';
import { textIn, textsOf } from './journal-texts.js';
import { wordsAsked, wordsOf } from './search-text.js';

/**
 * Finds journal entries by words of what was said and done. Lives in memory only: filled by opening sealed values, kept
 * up to date by taking entries in again, and emptied of an entry the moment its cell is destroyed. Nothing readable is
 * ever written.
 */
export interface JournalSearch {
  /** Takes entries in as the journal view has them now, in place of what was known of them. */
  take(entries: readonly JournalDocument[]): Promise<void>;
  /**
   * Listener for destroyed cells: entries with a text under the cell are not found any more, at once.
   * @returns the entries concerned: when only one of their texts is gone, take them in again for the others
   */
  forget(cell: string): readonly string[];
  /** Entries that hold every word, beginnings of words included from three letters on. No word finds nothing. */
  find(question: JournalQuestion): Found;
  /** Whether this destruction is known already. */
  isForgotten(cell: string): boolean;
  /** Entries with a text that could not be read (an outage of the vault): taking them in again mends it. */
  readonly unreadable: ReadonlySet<string>;
  readonly indexed: number;
}

/** Shorter words match whole words only: the beginning « l » would find everything. */
const SHORTEST_BEGINNING = 3;

export function createJournalSearch({ opener }: { readonly opener: Opener }): JournalSearch {
  const words = new MiniSearch<{ readonly sessionId: string; readonly text: string }>({
    idField: 'sessionId',
    // one field: an index of each part apart takes several times the memory, and excerpts tell the part anyway
    fields: ['text'],
    tokenize: (text) => [...wordsOf(text)],
    processTerm: (term) => term,
    searchOptions: { combineWith: 'AND', prefix: (term) => term.length >= SHORTEST_BEGINNING },
  });
  const entries = new Map<string, IndexedEntry>();
  const unreadable = new Set<string>();
  /** Destroyed cells: a value opened just before must not come in just after. */
  const forgotten = new Set<string>();
  const isForgotten = (cell: string): boolean => {
    if (forgotten.size === 0) return false;
    for (let end = cell.length; end > 0; end = cell.lastIndexOf('/', end - 1))
      if (forgotten.has(cell.slice(0, end))) return true;
    return false;
  };

  const drop = (sessionId: string): void => {
    if (words.has(sessionId)) words.discard(sessionId);
    entries.delete(sessionId);
    unreadable.delete(sessionId);
  };

  function holding(cell: string): readonly string[] {
    const [, purpose] = cell.split('/');
    const sessionId = purpose?.startsWith('session:') ? purpose.slice('session:'.length) : undefined;
    const candidates = sessionId === undefined ? [...entries.keys()] : [sessionId];
    return candidates.filter((id) =>
      entries.get(id)?.cells.some((one) => isWithinCell(one, cell) || isWithinCell(cell, one)),
    );
  }

  return {
    async take(documents) {
      const found = documents.map((document) => ({ document, texts: textsOf(document) }));
      const opened = await opener.open(found.flatMap(({ texts }) => texts.map(({ sealed }) => sealed)));
      let next = 0;
      for (const { document, texts } of found) {
        const { sessionId, revision } = document;
        const read: string[] = [];
        const cells = new Set<string>();
        let missing = false;
        for (const { sealed } of texts) {
          const answer = opened[next++];
          if (answer?.state === 'unreadable') missing = true;
          const { cell } = sealed.$sealed;
          const text = isForgotten(cell) ? undefined : textIn(answer);
          if (text === undefined) continue;
          cells.add(cell);
          read.push(text);
        }
        // another call took in a later state meanwhile
        if ((entries.get(sessionId)?.revision ?? -1) > revision) continue;
        drop(sessionId);
        if (missing) unreadable.add(sessionId);
        if (cells.size === 0) continue;
        words.add({ sessionId, text: read.join('\n') });
        entries.set(sessionId, entryOf(document, [...cells]));
      }
    },
    forget(cell) {
      forgotten.add(cell);
      const concerned = holding(cell);
      for (const sessionId of concerned) drop(sessionId);
      // takes the words themselves out of memory, not only the entry out of the answers
      if (concerned.length > 0) void words.vacuum();
      return concerned;
    },
    find(question) {
      const asked = wordsAsked(question.text);
      if (asked.length === 0) return { hits: [], next: undefined };
      const matches = words.search([...new Set(asked)].join(' '), {
        filter: ({ id }) => filtered(entries.get(id as string), question),
      });
      const hits = matches.flatMap(({ id, score, terms }) => {
        const entry = entries.get(id as string);
        return entry === undefined ? [] : [{ ...entry, score, words: terms }];
      });
      return pageOf(hits, question);
    },
    isForgotten,
    unreadable,
    get indexed() {
      return entries.size;
    },
  };
}

function entryOf(document: JournalDocument, cells: readonly string[]): IndexedEntry {
  const { sessionId, memberId, technicianId, startedAt, revision, deviations, deviationDetails } = document;
  const articles = [...new Set(deviationDetails.map(({ rule }) => articleOf(rule)))];
  return { sessionId, memberId, technicianId, startedAt: startedAt ?? '', revision, deviations, articles, cells };
}
