import type { Opened } from '#kernel/sealed.js';
import { journalView } from './journal.js';
import type { JournalDocument } from './journal-document.js';
import { type JournalLine, linesOf } from './journal-queries.js';
import type { JournalSearch } from './journal-search.js';
import type { Hit, JournalQuestion } from './journal-search-page.js';
import { type SearchedPart, textIn, textsOf } from './journal-texts.js';
import type { ViewDeps } from './query.js';
import { excerptOf } from './search-excerpt.js';

/** A line of the journal that answers a search, with the places where the words were found. */
export interface JournalHit extends JournalLine {
  readonly matches: readonly { readonly part: SearchedPart; readonly excerpt: Opened<string> }[];
}

export interface JournalSearchDeps extends ViewDeps {
  readonly search: JournalSearch;
  /** Cells of one data subject as the key store has them now, not as a cache remembers them. */
  readonly cellsOf: (subject: string) => Promise<readonly { readonly cell: string; readonly state: string }[]>;
}

const MOST_EXCERPTS = 5;

/**
 * One page of a search. The key store is asked about every member on it before anything is answered: what another
 * process destroyed a moment ago is not in the answer either.
 * @throws what the stores throw when they cannot be asked
 */
export async function searchJournal(
  deps: JournalSearchDeps,
  question: JournalQuestion,
): Promise<{ readonly items: readonly JournalHit[]; readonly next: string | undefined }> {
  const { search } = deps;
  let found = search.find(question);
  while (await forgetDestroyed(deps, found.hits)) found = search.find(question);
  const documents = await entriesOf(
    deps,
    found.hits.map((one) => one.sessionId),
  );
  const lines = new Map((await linesOf(deps, [...documents.values()])).map((line) => [line.sessionId, line]));
  const items: JournalHit[] = [];
  for (const hit of found.hits) {
    const [document, line] = [documents.get(hit.sessionId), lines.get(hit.sessionId)];
    if (document === undefined || line === undefined) continue;
    const matches = await matchesOf(deps, document, hit);
    if (matches.length > 0) items.push({ ...line, matches });
  }
  return { items, next: found.next };
}

/** @returns true when the index changed, so that the question must be put again */
async function forgetDestroyed(deps: JournalSearchDeps, hits: readonly Hit[]): Promise<boolean> {
  const { search, cellsOf } = deps;
  const members = [...new Set(hits.map((one) => one.memberId))];
  const cells = (await Promise.all(members.map(cellsOf))).flat();
  const fresh = cells.filter(({ cell, state }) => state === 'destroyed' && !search.isForgotten(cell));
  const concerned = new Set(fresh.flatMap(({ cell }) => search.forget(cell)));
  if (concerned.size === 0) return false;
  await retake(deps, [...concerned]);
  return true;
}

/** Takes entries in again, as the journal view has them now. */
export async function retake(
  deps: Pick<JournalSearchDeps, 'search' | 'viewStore'>,
  sessionIds: readonly string[],
): Promise<void> {
  for (let start = 0; start < sessionIds.length; start += BATCH) {
    const entries = await entriesOf(deps, sessionIds.slice(start, start + BATCH));
    await deps.search.take([...entries.values()]);
  }
}
const BATCH = 100;

async function entriesOf(
  { viewStore }: Pick<JournalSearchDeps, 'viewStore'>,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, JournalDocument>> {
  if (sessionIds.length === 0) return new Map();
  const loaded = await viewStore.load(journalView.schema, 'sessions', sessionIds);
  return new Map([...loaded].map(([id, { document }]) => [id, document as unknown as JournalDocument]));
}

/** Where the words stand. A value that is erased by now shows nothing, not even its placeholder: it is no match any more. */
async function matchesOf(deps: JournalSearchDeps, document: JournalDocument, hit: Hit): Promise<JournalHit['matches']> {
  const words = new Set(hit.words);
  const texts = textsOf(document);
  const opened = await deps.opener.open(texts.map(({ sealed }) => sealed));
  return texts
    .flatMap(({ part }, index): JournalHit['matches'] => {
      const answer = opened[index];
      if (answer?.state === 'unreadable') return [{ part, excerpt: answer }];
      const excerpt = excerptOf(textIn(answer) ?? '', words);
      return excerpt === undefined ? [] : [{ part, excerpt: { state: 'present', value: excerpt } }];
    })
    .slice(0, MOST_EXCERPTS);
}
