import type { CivilTime } from '#domain/calendar/civil-time.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import type { GridLine } from '#domain/rights/commands.js';
import type { RefusalGround, RightsDecision } from '#domain/rights/events.js';
import type { Opened } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import type { Opener } from '#ports/opener/opener.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { listDestructions } from '#views/destructions.js';
import { getMember } from '#views/members.js';
import { openWithin } from '#views/query.js';
import type { RightsDocument } from '#views/rights.js';
import type { Letter } from '../documents/letter.js';
import type { Answer, AnswerDecision } from './answer-data.js';
import { answerLetter, extensionLetter } from './answer-letter.js';
import { type CellDescription, describeCells } from './describe-cells.js';
import { keepWords, refusalWords } from './french-words.js';

interface AnswerDeps {
  readonly viewStore: ViewStore;
  readonly opener: Opener;
  readonly time: CivilTime;
  readonly today: LocalDate;
}

/**
 * The decision of a case with its reasons opened; undefined while there is none. A cell that was held before its
 * destruction could be decided was kept after all: it is told as kept.
 */
export async function decisionMade(
  { viewStore, opener }: Pick<AnswerDeps, 'viewStore' | 'opener'>,
  one: RightsDocument,
): Promise<AnswerDecision | undefined> {
  const { decision } = one;
  if (decision === undefined) return undefined;
  const { reasons, grounds, decidedAs } = decision;
  const [opened, found] = await Promise.all([
    reasons === undefined ? undefined : openWithin(opener, { reasons }),
    listDestructions({ viewStore }, { reference: one.rightsId }),
  ]);
  const decided = new Set(decision.erase);
  const heldAfterAll = found.items.flatMap(({ kept }) => kept).filter(({ cell }) => decided.has(cell));
  const stays = new Set(heldAfterAll.map(({ cell }) => cell));
  const erase = decision.erase.filter((cell) => !stays.has(cell));
  const keep = [...decision.keep, ...heldAfterAll];
  const told = stays.size === 0 ? decision.decision : ofGrid(erase, keep);
  const all = [...new Set([...grounds, ...heldAfterAll.map(({ ground }) => ground)])];
  return { decision: told, grounds: all, erase, keep, decidedAs, reasons: opened?.reasons };
}

const ofGrid = (erase: readonly unknown[], keep: readonly unknown[]): RightsDecision => {
  if (keep.length === 0) return 'granted';
  return erase.length === 0 ? 'refused' : 'partly';
};

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
  const grid = one.kind === 'erasure' ? given.grid : [];
  const erase = grid.flatMap((line) => (line.decision === 'erase' ? [line.cell] : []));
  const keep = grid.flatMap((line) => {
    if (line.decision === 'erase') return [];
    const { decision: _, ...kept } = line;
    return [kept];
  });
  return {
    decision: one.kind === 'erasure' ? ofGrid(erase, keep) : (given.decision ?? 'granted'),
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
  const [described, addressee] = await Promise.all([
    describeCells(viewStore, time, cells),
    addresseeOf({ viewStore, opener }, one.memberId),
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
    addressee,
  };
  const date = (day: LocalDate) => frenchDate(day, time, { year: true });
  return { ...answer, letter: answerLetter(answer, { one, decidedAs: told.decidedAs, today, date }) };
}

/** What the member is told within the first month when two more are taken (GDPR 12(3)). */
export interface ExtensionNotice {
  readonly rightsId: string;
  readonly memberId: string;
  readonly dueOn: LocalDate;
  readonly reasons: Opened<string>;
  readonly addressee: Answer['addressee'];
  readonly letter: Letter;
}

/** @returns undefined while the case is not extended */
export async function extensionNotice(deps: AnswerDeps, one: RightsDocument): Promise<ExtensionNotice | undefined> {
  const { viewStore, opener, time } = deps;
  if (one.extension === undefined) return undefined;
  const [{ reasons }, addressee] = await Promise.all([
    openWithin(opener, { reasons: one.extension.reasons }),
    addresseeOf({ viewStore, opener }, one.memberId),
  ]);
  const { rightsId, memberId, dueOn } = one;
  const date = (day: LocalDate) => frenchDate(day, time, { year: true });
  return { rightsId, memberId, dueOn, reasons, addressee, letter: extensionLetter({ reasons, addressee }, one, date) };
}

async function addresseeOf(
  deps: Pick<AnswerDeps, 'viewStore' | 'opener'>,
  memberId: string,
): Promise<Answer['addressee']> {
  const member = await getMember(deps, memberId);
  return { name: member?.identity.name ?? null, postalAddress: member?.identity.postalAddress ?? null };
}
