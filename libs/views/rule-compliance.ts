import { type Rule, rules } from '#domain/charter/rules.js';
import type { Condition, ViewStore } from '#ports/view-store/view-store.js';
import { articleOf } from './compliance.js';
import { asOf, equals, type PageParams, type ViewDeps } from './query.js';
import { type RuleApplicationDocument, type RuleOutcome, ruleOutcomes } from './rule-application.js';
import { applicationsOf, type MonthsParams, monthsSeen, within } from './rule-application-pages.js';
import { ruleApplicationsView } from './rule-applications.js';
import type { AsOf } from './view.js';

/** What somebody may see: small counts lead back to people, and so does a count for one technician. */
export interface ComplianceViewer {
  readonly small: boolean;
  readonly technicians: boolean;
}

/** A count below this, and above none, is shown to the Director and the President only. */
export const SMALL = 3;
/** Null: a small count that this viewer is not shown. */
export type Figure = number | null;

export interface RuleFigures {
  /** How often it applied: the sum of the three. */
  readonly applied: Figure;
  readonly kept: Figure;
  readonly refused: Figure;
  readonly broken: Figure;
  /** Of those broken, how many still wait for a comment. */
  readonly open: Figure;
}

export interface RuleRow extends Pick<Rule, 'id' | 'row' | 'modes' | 'text'> {
  readonly article: string;
  readonly figures: RuleFigures;
  /** False: « jamais exercée » over that time. A rule without a count is no rule that is kept. */
  readonly exercised: boolean;
}

export interface RuleComplianceAnswer {
  /** Every rule that the software takes from the charter, in its order. */
  readonly items: readonly RuleRow[];
  readonly neverExercised: number;
  readonly asOf: AsOf;
}

const { schema } = ruleApplicationsView;

export async function ruleCompliance(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  params: MonthsParams,
  viewer: ComplianceViewer,
): Promise<RuleComplianceAnswer> {
  const upTo = await asOf(viewStore, schema);
  const items = await Promise.all(rules.map((rule) => rowOf(viewStore, rule, params, viewer)));
  return { items, neverExercised: items.filter(({ exercised }) => !exercised).length, asOf: upTo };
}

async function rowOf(
  viewStore: ViewStore,
  { id, row, modes, text }: Rule,
  params: MonthsParams,
  viewer: ComplianceViewer,
): Promise<RuleRow> {
  const figures = await figuresOf(viewStore, [...equals({ rule: id }), ...within(params)]);
  const told = { id, row, modes, text, article: articleOf(id) };
  return { ...told, figures: shown(figures, viewer), exercised: figures.applied > 0 };
}

type Counts = Readonly<Record<keyof RuleFigures, number>>;

async function figuresOf(viewStore: ViewStore, where: readonly Condition[]): Promise<Counts> {
  const count = (more: readonly Condition[]) =>
    viewStore.count(schema, { collection: 'applications', where: [...where, ...more] });
  const [kept = 0, broken = 0, refused = 0, open = 0] = await Promise.all([
    ...ruleOutcomes.map((outcome) => count(equals({ outcome }))),
    // only what is broken has any
    count([...equals({ outcome: 'broken' }), { field: 'openReviews', op: 'gte', value: 1 }]),
  ]);
  return { applied: kept + broken + refused, kept, refused, broken, open };
}

function shown(counts: Counts, { small }: ComplianceViewer): RuleFigures {
  const figure = (count: number): Figure => (small || count === 0 || count >= SMALL ? count : null);
  const { applied, kept, refused, broken, open } = counts;
  const told = { kept: figure(kept), refused: figure(refused), broken: figure(broken), open: figure(open) };
  // One count withheld could be worked out from the sum of the others.
  const some = [told.kept, told.refused, told.broken].includes(null);
  return { applied: some ? null : figure(applied), ...told };
}

export interface RuleDetailParams extends PageParams, MonthsParams {
  readonly outcome?: RuleOutcome;
}

/** One rule: by month, by technician for who may see that, and the events behind each figure. */
export interface RuleDetail extends RuleRow {
  readonly months: readonly { readonly month: string; readonly figures: RuleFigures }[];
  readonly technicians?: readonly { readonly staffId: string; readonly figures: RuleFigures }[];
  /** Latest first. What was destroyed since keeps its count and has no way back. */
  readonly items: readonly Omit<RuleApplicationDocument, 'by' | 'openDeviations'>[];
  /** There are some, too few for this viewer. */
  readonly withheld: boolean;
  readonly asOf: AsOf;
  readonly next?: string;
}

/** @param staffIds everybody who may have been a technician */
export async function ruleDetail(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  rule: Rule,
  params: RuleDetailParams,
  viewer: ComplianceViewer,
  staffIds: readonly string[],
): Promise<RuleDetail> {
  const { outcome } = params;
  const own = equals({ rule: rule.id });
  const all = [...own, ...within(params)];
  const [row, counts, months, people] = await Promise.all([
    rowOf(viewStore, rule, params, viewer),
    figuresOf(viewStore, all),
    monthsSeen(viewStore, rule.id, params),
    viewer.technicians ? by(viewStore, all, staffIds, viewer) : undefined,
  ]);
  const total = outcome === undefined ? counts.applied : counts[outcome];
  const withheld = !viewer.small && total > 0 && total < SMALL;
  const page = await applicationsOf(viewStore, rule.id, params);
  return {
    ...row,
    months: await Promise.all(
      months.map(async (month) => ({
        month,
        figures: shown(await figuresOf(viewStore, [...own, ...within({ from: month, to: month })]), viewer),
      })),
    ),
    ...(people === undefined ? {} : { technicians: people }),
    items: withheld ? [] : page.documents.map(({ by: _b, openDeviations: _o, ...one }) => one),
    withheld,
    asOf: page.asOf,
    ...(withheld || page.next === undefined ? {} : { next: page.next }),
  };
}

async function by(
  viewStore: ViewStore,
  all: readonly Condition[],
  staffIds: readonly string[],
  viewer: ComplianceViewer,
) {
  const found = await Promise.all(
    staffIds.map(async (staffId) => ({
      staffId,
      counts: await figuresOf(viewStore, [...all, ...equals({ by: staffId })]),
    })),
  );
  return found
    .filter(({ counts }) => counts.applied > 0)
    .map(({ staffId, counts }) => ({ staffId, figures: shown(counts, viewer) }));
}
