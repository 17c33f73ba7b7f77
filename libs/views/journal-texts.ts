import type { Opened, Sealed } from '#kernel/sealed.js';
import { isSealed } from '#kernel/sealed.js';
import type { JournalDocument } from './journal-document.js';

/** Parts of a journal entry that are searched, named as in the entry. */
export const searchedParts = [
  'problem',
  'stateBefore',
  'stateAfter',
  'actions',
  'diagnoses',
  'memberQuestions',
  'explanations',
  'recommendations',
  'interruption',
  'deviationDetails',
  'corrections',
] as const satisfies readonly (keyof JournalDocument)[];
export type SearchedPart = (typeof searchedParts)[number];

/** One sealed text of an entry. */
export interface EntryText {
  readonly part: SearchedPart;
  readonly sealed: Sealed<unknown>;
}

/** Every sealed text of an entry that counts: where one was corrected, the correction and not what was first noted. */
export function textsOf(entry: JournalDocument): readonly EntryText[] {
  const replaced = new Set(entry.corrections.map((one) => `${one.targetEventId} ${one.field}`));
  return searchedParts.flatMap((part) =>
    sealedIn(entry[part])
      .filter(({ $sealed: { at } }) => !replaced.has(`${at.eventId} ${at.path}`))
      .map((sealed) => ({ part, sealed })),
  );
}

function sealedIn(value: unknown): readonly Sealed<unknown>[] {
  if (isSealed(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sealedIn) : [];
}

/** The text of an opened value; undefined unless it is present. A list is one line each. */
export function textIn(opened: Opened<unknown> | undefined): string | undefined {
  if (opened?.state !== 'present') return undefined;
  const { value } = opened;
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').join('\n') : undefined;
}
