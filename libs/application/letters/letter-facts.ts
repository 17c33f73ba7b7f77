import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { CharterVersion } from '#domain/charter/state.js';
import { frenchDate, frenchMoment } from '#domain/deadlines/french-date.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { CoverOnDay } from '#views/insurance-cover.js';
import type { ReplayedEvent } from '../replay-stream.js';
import { isOpened } from './opened.js';

/** What a letter is written from: the event that asked for it, opened, and what stands around it. */
export interface LetterFacts {
  readonly event: ReplayedEvent;
  readonly time: CivilTime;
  /** In force on the day of writing. */
  readonly charter: CharterVersion | undefined;
  /** Name and contact of the mediator of the day (6.3). */
  readonly mediator: string | undefined;
  /** Where consumer mediation applies to the complaint of this letter, as it was told; else undefined. */
  readonly mediation: Mediation | undefined;
  /** What covered the association when the sessions ended and covers it today; of a letter about a complaint (11 d). */
  readonly insurance: readonly CoverOnDay[];
  /** Articles of that version by number, as published. */
  article(number: string): string | undefined;
}

/** What a complaint was told of the way to the mediator. */
export interface Mediation {
  /** It was not in writing: none of the days below runs. */
  readonly toBeWritten: boolean;
  /** Last day of the usual wait. */
  readonly from: LocalDate | undefined;
  readonly until: LocalDate | undefined;
}

export class LetterUnreadable extends Error {
  override readonly name = 'LetterUnreadable';
  readonly code = 'letter-unreadable';
}

/** Known by its `code`: something that a person has to put in order first. */
export class LetterNotReady extends Error {
  override readonly name = 'LetterNotReady';
  constructor(readonly code: 'mediator-missing') {
    super(`A letter cannot be written yet: ${code}.`);
  }
}

/** A text of the event; erased says so. @throws LetterUnreadable when it cannot be read now */
export function wordsOf({ event }: Pick<LetterFacts, 'event'>, field: string): string | undefined {
  const value = event.data[field];
  if (!isOpened(value)) return typeof value === 'string' ? value : undefined;
  if (value.state === 'unreadable') throw new LetterUnreadable('a text of a letter does not open');
  return value.state === 'present' ? String(value.value) : '(effacé)';
}

export const dayOf = (facts: Pick<LetterFacts, 'time'>, day: unknown): string =>
  frenchDate(day as LocalDate, facts.time, { year: true });

export const momentOf = (facts: Pick<LetterFacts, 'time'>, at: unknown): string =>
  frenchMoment(at as Instant, facts.time);

export const textField = ({ event }: Pick<LetterFacts, 'event'>, field: string): string =>
  String(event.data[field] ?? '');
