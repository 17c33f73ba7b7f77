import type { AnySealedEvent } from '#kernel/define-event.js';
import type { Opened, Sealed } from '#kernel/sealed.js';
import type { Opener } from '#ports/opener/opener.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { identityIn, type MemberDocument, type MemberIdentity, membersView } from './members.js';
import { joined, phoneDigits, wordsOf } from './search-text.js';

/**
 * Finds members by name, membership number or telephone. Lives in memory only: filled by opening sealed values at start,
 * kept up to date by events, and emptied of a member the moment the identity's cell is destroyed. Nothing readable is
 * ever written.
 */
export interface MemberSearch {
  /** Fills the index from the members view. Call before the first question, again after a fault; events may arrive meanwhile. */
  build(): Promise<void>;
  /** Takes in an event of a member's stream; others are ignored. Safe in any order and more than once. */
  apply(event: AnySealedEvent): Promise<void>;
  /** Listener for destroyed cells: a member whose identity is among them is not found any more, at once and for ever. */
  forget(cell: string): void;
  /** Ids of the members that match every word of the text, best first. Empty text finds nobody. */
  find(text: string, limit?: number): readonly string[];
  /** Members indexed, and those whose values could not be read yet (an outage of the vault): `build` again mends it. */
  readonly state: { readonly indexed: number; readonly unreadable: number };
}

interface Entry {
  readonly revision: number;
  /** Readable values by field; a later event replaces the fields it carries. */
  readonly fields: Readonly<Partial<Record<SearchedField, string>>>;
  readonly words: readonly string[];
  readonly numbers: readonly string[];
}

const SEARCHED = ['name', 'membershipNumber', 'phone'] as const;
/** Members opened in one call to the vault. */
const TAKEN_AT_ONCE = 250;
type SearchedField = (typeof SEARCHED)[number];

export function createMemberSearch({
  viewStore,
  opener,
}: {
  readonly viewStore: ViewStore;
  readonly opener: Opener;
}): MemberSearch {
  const entries = new Map<string, Entry>();
  const unreadable = new Set<string>();
  /** Subjects whose identity is destroyed: a value opened just before must not come in just after. */
  const forgotten = new Set<string>();

  const sealedIn = (identity: MemberIdentity) =>
    SEARCHED.flatMap((field) => {
      const value = identity[field];
      return value === undefined ? [] : [{ field, value: value as Sealed<unknown> }];
    });

  /** All that they hold is opened in one call. */
  async function take(those: readonly Pick<MemberDocument, 'memberId' | 'revision' | 'identity'>[]): Promise<void> {
    const sealed = those.map(({ identity }) => sealedIn(identity));
    const opened = await opener.open(sealed.flatMap((fields) => fields.map(({ value }) => value)));
    let at = 0;
    for (const [index, { memberId, revision }] of those.entries()) {
      const fields = sealed[index] ?? [];
      const answers = opened.slice(at, at + fields.length);
      at += fields.length;
      if (forgotten.has(memberId)) continue;
      const before = entries.get(memberId);
      if (before !== undefined && before.revision >= revision) continue;
      const read = fields.flatMap(({ field }, n) => present(field, answers[n]));
      if (answers.some((one) => one.state === 'unreadable')) unreadable.add(memberId);
      else unreadable.delete(memberId);
      const known = { ...before?.fields, ...Object.fromEntries(read) };
      if (Object.keys(known).length > 0) entries.set(memberId, entryOf(revision, known));
    }
  }

  return {
    async build() {
      let some: MemberDocument[] = [];
      for await (const { document } of viewStore.scan(membersView.schema, 'members')) {
        const one = document as unknown as MemberDocument;
        if (unreadable.has(one.memberId)) entries.delete(one.memberId);
        some.push(one);
        if (some.length < TAKEN_AT_ONCE) continue;
        await take(some);
        some = [];
      }
      await take(some);
    },
    async apply(event) {
      const { memberId } = event.data;
      if (!event.meta.stream.startsWith('member-') || typeof memberId !== 'string') return;
      const identity = identityIn(event);
      // A representative's name is not the member's.
      if (event.type === 'MemberRegistered' || event.type === 'MemberIdentityCorrected')
        await take([{ memberId, revision: event.meta.revision, identity }]);
    },
    forget(cell) {
      const [subject, purpose] = cell.split('/');
      if (subject === undefined || (purpose !== undefined && purpose !== 'identity')) return;
      forgotten.add(subject);
      entries.delete(subject);
      unreadable.delete(subject);
    },
    find(text, limit = 20) {
      const question = { words: wordsOf(text), digits: phoneDigits(text), joined: joined(text) };
      if (question.words.length === 0) return [];
      return [...entries]
        .map(([memberId, entry]) => ({ memberId, score: score(entry, question), name: entry.words.join(' ') }))
        .filter((one) => one.score > 0)
        .sort((a, b) => b.score - a.score || a.name.localeCompare(b.name, 'fr') || (a.memberId < b.memberId ? -1 : 1))
        .slice(0, limit)
        .map((one) => one.memberId);
    },
    get state() {
      return { indexed: entries.size, unreadable: unreadable.size };
    },
  };
}

const present = (field: SearchedField, opened: Opened<unknown> | undefined): [SearchedField, string][] =>
  opened?.state === 'present' && typeof opened.value === 'string' ? [[field, opened.value]] : [];

function entryOf(revision: number, fields: Entry['fields']): Entry {
  const { name, membershipNumber, phone } = fields;
  const numbers = [membershipNumber === undefined ? '' : joined(membershipNumber), phone ? phoneDigits(phone) : ''];
  return { revision, fields, words: wordsOf(name ?? ''), numbers: numbers.filter((one) => one !== '') };
}

/** 0: no match. A whole word counts more than its beginning. */
function score(
  entry: Entry,
  question: { readonly words: readonly string[]; readonly digits: string; readonly joined: string },
): number {
  for (const number of entry.numbers) {
    if (number === question.joined || number === question.digits) return 100;
    if (question.digits.length >= 4 && number.startsWith(question.digits)) return 50;
    if (question.joined.length >= 2 && number.startsWith(question.joined)) return 40;
  }
  let sum = 0;
  for (const word of question.words) {
    const best = Math.max(0, ...[...entry.words, ...entry.numbers].map((known) => matchOf(known, word)));
    if (best === 0) return 0;
    sum += best;
  }
  return sum / question.words.length;
}

const matchOf = (known: string, word: string): number => (known === word ? 10 : known.startsWith(word) ? 5 : 0);
