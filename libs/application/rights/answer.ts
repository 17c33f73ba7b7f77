import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { GridLine } from '#domain/rights/commands.js';
import type { RefusalGround, RightsDecision } from '#domain/rights/events.js';
import type { LocalDate } from '#kernel/time.js';
import type { Opener } from '#ports/opener/opener.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { getMember } from '#views/members.js';
import { openWithin } from '#views/query.js';
import type { RightsDocument } from '#views/rights.js';
import type { Answer, AnswerDecision } from './answer-data.js';
import { answerLetter } from './answer-letter.js';
import { type CellDescription, describeCells } from './describe-cells.js';
import { keepWords, refusalWords } from './french-words.js';

interface AnswerDeps {
  readonly viewStore: ViewStore;
  readonly opener: Opener;
  readonly time: CivilTime;
  readonly today: LocalDate;
}

/** The decision of a case with its reasons opened; undefined while there is none. */
export async function decisionMade(opener: Opener, one: RightsDocument): Promise<AnswerDecision | undefined> {
  const { decision } = one;
  if (decision === undefined) return undefined;
  const { reasons } = decision;
  const opened = reasons === undefined ? undefined : await openWithin(opener, { reasons });
  const { grounds, erase, keep, decidedAs } = decision;
  return { decision: decision.decision, grounds, erase, keep, decidedAs, reasons: opened?.reasons };
}

/** The decision that these lines and words would be; nothing is judged here: the decision itself is. */
export function decisionThoughtOf(
  one: RightsDocument,
  given: {
    readonly decision?: RightsDecision;
    readonly grounds: readonly RefusalGround[];
    readonly reasons?: string;
    readonly grid: readonly GridLine[];
  },
): AnswerDecision {
  const erase = given.grid.flatMap((line) => (line.decision === 'erase' ? [line.cell] : []));
  const keep = given.grid.flatMap((line) => {
    if (line.decision === 'erase') return [];
    const { decision: _, ...kept } = line;
    return [kept];
  });
  const ofGrid = keep.length === 0 ? 'granted' : erase.length === 0 ? 'refused' : 'partly';
  return {
    decision: one.kind === 'erasure' ? ofGrid : (given.decision ?? 'granted'),
    grounds: [...new Set([...given.grounds, ...keep.map(({ ground }) => ground)])],
    reasons: given.reasons === undefined ? undefined : { state: 'present', value: given.reasons },
    erase,
    keep,
  };
}

/** The answer to the member, with its letter in French. The addressee is what can still be read of the member. */
export async function answerTo(deps: AnswerDeps, one: RightsDocument, told: AnswerDecision): Promise<Answer> {
  const { viewStore, opener, time, today } = deps;
  const cells = [...told.erase, ...told.keep.map(({ cell }) => cell)];
  const [described, member] = await Promise.all([
    describeCells(viewStore, time, cells),
    getMember({ viewStore, opener }, one.memberId),
  ]);
  const describe = (cell: string): CellDescription => described.get(cell) ?? { cell, kind: 'other', label: cell };
  const answer = {
    rightsId: one.rightsId,
    memberId: one.memberId,
    kind: one.kind,
    decision: told.decision,
    decided: one.decision !== undefined,
    erased: told.erase.map(describe),
    kept: told.keep.map((kept) => ({
      ...describe(kept.cell),
      ground: kept.ground,
      groundText: keepWords[kept.ground],
      ...(kept.until === undefined ? {} : { until: kept.until }),
    })),
    grounds: told.grounds.map((ground) => ({ ground, text: refusalWords[ground] })),
    reasons: told.reasons ?? null,
    addressee: {
      name: member?.identity.name ?? null,
      postalAddress: member?.identity.postalAddress ?? null,
    },
  };
  const date = (day: LocalDate) => frenchDate(day, time, { year: true });
  return { ...answer, letter: answerLetter(answer, { one, decidedAs: told.decidedAs, today, date }) };
}
