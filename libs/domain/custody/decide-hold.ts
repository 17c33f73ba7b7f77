import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { isWithinCell } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import { lintFields } from '../lint/lint-fields.js';
import { type Actor, hasAnyRole } from '../shared/facts.js';
import type { PlaceLegalHold, ReleaseLegalHold, ReviewLegalHold } from './commands.js';
import { type CustodyEvent, LegalHoldPlaced, LegalHoldReleased, LegalHoldReviewed } from './events.js';
import type { CustodyFacts } from './facts.js';
import {
  holdBoundWrong,
  holdCellUnknown,
  holdExists,
  holdNeedsDirector,
  holdReleased,
  holdTooLate,
  holdUnknown,
} from './refusals.js';
import { type CustodyState, type Hold, isCondemned } from './state.js';

/** A hold is looked at again every six months (A6): a reminder, never a release. */
const REVIEW_MONTHS = 6;
/** The outer bound set with counsel (A6). */
const OUTER_MONTHS = 60;

type Decision = readonly CustodyEvent[] | Refusal;

/** A filed complaint places its hold by itself; otherwise the Director decides. */
const mayHold = (actor: Actor): boolean => actor.staffId === 'system' || hasAnyRole(actor, 'Director', 'President');

export function placeHold(command: PlaceLegalHold, state: CustodyState, facts: CustodyFacts): Decision {
  if (!mayHold(facts.actor)) return holdNeedsDirector();
  const before = state.holds.find((hold) => hold.holdId === command.holdId);
  if (before) return repeats(before, command) ? [] : holdExists();

  const today = facts.time.toLocal(facts.now).date;
  const latest = facts.time.plusMonths(today, OUTER_MONTHS);
  const outerBound = command.outerBound ?? latest;
  if (outerBound <= today || outerBound > latest)
    return holdBoundWrong(undefined, [{ pointer: '/outerBound', detail: 'hors limite' }]);

  const tooLate = command.cells.filter((cell) => isCondemned(state, cell));
  const cells = command.cells.filter((cell) => !tooLate.includes(cell));
  if (cells.length === 0) return holdTooLate();
  const unknown = unknownAmong(cells, command, facts);
  if (unknown.length > 0) return holdCellUnknown(undefined, unknown);
  const { memberId, holdId, ground, reference, note } = command;
  const { refusal } = lintFields({ '/note': note });
  if (refusal) return refusal;
  return [
    event(LegalHoldPlaced, {
      memberId,
      holdId,
      cells,
      tooLate,
      ground,
      ...(reference === undefined ? {} : { reference }),
      ...(note === undefined ? {} : { note }),
      placedAt: facts.now,
      reviewOn: nextReview(today, outerBound, facts),
      outerBound,
    }),
  ];
}

/**
 * A hold on what does not exist would keep nothing and promise that it does. A process may hold what is only coming to be:
 * a complaint is held before its first text is stored.
 */
function unknownAmong(cells: readonly string[], command: PlaceLegalHold, { actor, livingCells }: CustodyFacts) {
  if (actor.staffId === 'system') return [];
  const lives = (cell: string): boolean => livingCells.some((one) => isWithinCell(one, cell));
  return cells.flatMap((cell) =>
    lives(cell) ? [] : [{ pointer: `/cells/${command.cells.indexOf(cell)}`, detail: 'donnée inconnue' }],
  );
}

export function reviewHold(command: ReviewLegalHold, state: CustodyState, facts: CustodyFacts): Decision {
  const hold = liveHold(command.holdId, state, facts);
  if ('refused' in hold) return hold;
  const { memberId, holdId } = command;
  const reviewOn = nextReview(facts.time.toLocal(facts.now).date, hold.outerBound, facts);
  return [event(LegalHoldReviewed, { memberId, holdId, reviewedAt: facts.now, reviewOn })];
}

export function releaseHold(command: ReleaseLegalHold, state: CustodyState, facts: CustodyFacts): Decision {
  const hold = liveHold(command.holdId, state, facts);
  if ('refused' in hold) return hold.code === holdReleased.code ? [] : hold;
  const { memberId, holdId, reason } = command;
  return [event(LegalHoldReleased, { memberId, holdId, releasedAt: facts.now, reason })];
}

function liveHold(holdId: string, state: CustodyState, facts: CustodyFacts): Hold | Refusal {
  if (!mayHold(facts.actor)) return holdNeedsDirector();
  const hold = state.holds.find((one) => one.holdId === holdId);
  if (!hold) return holdUnknown();
  return hold.released ? holdReleased() : hold;
}

const repeats = (hold: Hold, command: PlaceLegalHold): boolean =>
  !hold.released && hold.ground === command.ground && hold.cells.every((cell) => command.cells.includes(cell));

function nextReview(today: LocalDate, outerBound: LocalDate, facts: CustodyFacts): LocalDate {
  const review = facts.time.plusMonths(today, REVIEW_MONTHS);
  return review < outerBound ? review : outerBound;
}
