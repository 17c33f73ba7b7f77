import { type KeepGround, keepGrounds } from '#domain/custody/events.js';
import type { GridLine } from '#domain/rights/commands.js';
import {
  decisions,
  type IdentityMethod,
  identityMethods,
  type RefusalGround,
  type RightsChannel,
  type RightsDecision,
  type RightsKind,
  refusalGrounds,
  rightsChannels,
  rightsKinds,
} from '#domain/rights/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { type RightsStage, rightsStages } from '#views/rights.js';
import { Day, Flag, Id, Moment, OneOf, Pattern, SomeOf, Text } from '../fields/fields.js';
import { NestedList } from '../fields/nested.js';
import { PageQuery, PurposeQuery } from '../fields/page-queries.js';
import { QueryFlag, Sort } from '../fields/query-fields.js';
import { fault } from '../problems/problem-fault.js';

export class ReceiveRightsBody {
  @Id({ doc: 'Who exercises the right.' })
  declare readonly memberId: string;
  @OneOf(rightsKinds, { doc: 'Which right (GDPR 15, 16, 17, 18, 20, 21).' })
  declare readonly kind: RightsKind;
  @OneOf(rightsChannels, { doc: 'How it reached the association.' })
  declare readonly channel: RightsChannel;
  @Moment({ doc: 'When it reached the association, by whatever way: the clock runs from there. May be past.' })
  declare readonly receivedAt: Instant;
  @Flag({ doc: 'True: it is about what the Director did, and the President decides.' })
  declare readonly concernsDirector: boolean;
  @Text(4000, { doc: 'What the member asks, in their words.', optional: true })
  declare readonly details?: string;
  @Id({ doc: 'Who asks in the member’s place.', optional: true })
  declare readonly representativeId?: string;
}

export class CheckIdentityBody {
  @OneOf(identityMethods, { doc: 'How the person was recognised. No copy of an identity document is ever kept.' })
  declare readonly method: IdentityMethod;
}

export class ExtendRightsBody {
  @Text(2000, { doc: 'Why it takes longer; told to the member within the first month.' })
  declare readonly reasons: string;
}

/** A key cell: opaque references joined by `/` and `:`. */
export const CELL = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}(\/[A-Za-z0-9][A-Za-z0-9._:-]{0,119}){1,2}$/;
export const CELL_EXAMPLE = 'q3v7k2m9x4b8n5c1d6f0/identity';

export class GridLineBody {
  @Pattern(CELL, 'la référence d’une donnée, telle que la grille la donne', {
    doc: 'From the grid.',
    example: CELL_EXAMPLE,
  })
  declare readonly cell: string;
  @OneOf(['erase', 'keep'], { doc: 'Erased, or kept on a ground.' })
  declare readonly decision: 'erase' | 'keep';
  @OneOf(keepGrounds, { doc: 'Why it is kept; needed with `keep`, and only there.', optional: true })
  declare readonly ground?: KeepGround;
  @Day({ doc: 'Last day for which it is kept, when known.', optional: true })
  declare readonly until?: LocalDate;
}

/** Far more things than a member has after decades; one append holds that many lines. */
const MOST_GRID = 10_000;

export class DecideRightsBody {
  @OneOf(decisions, { doc: 'Not for an erasure: there it follows from the grid.', optional: true })
  declare readonly decision?: RightsDecision;
  @SomeOf(refusalGrounds, 0, { doc: 'Why it is refused, in whole or in part; those of the grid are added.' })
  declare readonly grounds: readonly RefusalGround[];
  @Text(4000, { doc: 'In plain words, for the member; needed where anything is refused.', optional: true })
  declare readonly reasons?: string;
  @NestedList(() => GridLineBody, 0, MOST_GRID, {
    doc: 'For an erasure: every line of the grid, once.',
    optional: true,
  })
  declare readonly grid?: readonly GridLineBody[];
}

/**
 * The lines as the domain takes them.
 * @throws ProblemFault `validation-failed` where a line is kept without a ground, or erased with one
 */
export function gridLines(lines: readonly GridLineBody[]): readonly GridLine[] {
  const errors = lines.flatMap(({ decision, ground, until }, index) => {
    const pointer = `/grid/${index}/ground`;
    if (decision === 'keep' && ground === undefined)
      return [{ pointer, detail: 'Une donnée gardée l’est pour un motif.' }];
    const superfluous = decision === 'erase' && (ground !== undefined || until !== undefined);
    return superfluous ? [{ pointer, detail: 'Une donnée effacée n’a ni motif ni date.' }] : [];
  });
  if (errors.length > 0) throw fault('validation-failed', { errors });
  return lines.map(({ cell, decision, ground, until }) =>
    decision === 'keep' && ground !== undefined
      ? { cell, decision, ground, ...(until === undefined ? {} : { until }) }
      : { cell, decision: 'erase' },
  );
}

export class SendAnswerBody {
  @OneOf(rightsChannels, { doc: 'How the answer left.' })
  declare readonly channel: RightsChannel;
  @Moment({ doc: 'When it left.' })
  declare readonly sentAt: Instant;
  @Id({ doc: 'Reference of the proof: number of a registered letter, of an archived message.', optional: true })
  declare readonly evidenceRef?: string;
}

export class RightsQuery extends PageQuery {
  @Sort('dueOn') declare readonly sort?: 'dueOn' | '-dueOn';
  @Id({ doc: 'Only of this member.', optional: true }) declare readonly memberId?: string;
  @OneOf(rightsKinds, { doc: 'Only this right.', optional: true }) declare readonly kind?: RightsKind;
  @OneOf(rightsStages, { doc: 'Only at this stage.', optional: true }) declare readonly stage?: RightsStage;
  @QueryFlag('Only those that are open, or only those that are not.') declare readonly open?: 'true' | 'false';
  @OneOf(['true'], { doc: 'Only those whose last day is over and whose answer has not left.', optional: true })
  declare readonly late?: 'true';
}

export const answerFormats = ['json', 'html', 'text'] as const;
export class AnswerQuery extends PurposeQuery {
  @OneOf(answerFormats, { doc: '`json` when left out; `html` and `text` are the letter.', optional: true })
  declare readonly format?: (typeof answerFormats)[number];
}
