import type { LocalDate } from '#kernel/time.js';
import { type Accepted, type AcknowledgementDocument, acknowledgementsView } from './charter-acknowledgements.js';
import { type CharterDocument, charterInForce, chartersView, getCharter } from './charters.js';
import { type LetterDocument, lettersView } from './letters.js';
import { localDayOf } from './local-day.js';
import { type MemberSummary, membersById, membersView } from './members.js';
import { asOf, equals, findAll, MAX_PAGE, type PageParams, type ViewDeps } from './query.js';
import type { AsOf } from './view.js';

/** A member before one version of the charter. */
export interface AcknowledgementLine {
  readonly memberId: string;
  readonly name: MemberSummary['name'];
  readonly state: 'given' | 'missing';
  /** When and where this version was accepted. */
  readonly accepted?: Accepted;
  /** The version accepted last before, where this one was not. */
  readonly last?: Accepted;
  /** The notice of it, where one was written. */
  readonly notice?: Pick<LetterDocument, 'letterId' | 'standing' | 'sentAt' | 'printedAt'>;
}

export interface AcknowledgementsAnswer {
  readonly charterVersionId: string;
  readonly effectiveFrom: LocalDate;
  readonly counts: { readonly given: number; readonly missing: number };
  readonly items: readonly AcknowledgementLine[];
  readonly asOf: AsOf;
  readonly next?: string;
}

/** Whoever is asked to accept: members who left or whose data is not used are not. */
const isAsked = ({ standing, restricted }: AcknowledgementDocument): boolean => standing !== 'left' && !restricted;

const asked = async ({ viewStore }: Pick<ViewDeps, 'viewStore'>): Promise<readonly AcknowledgementDocument[]> => {
  const members = await findAll<AcknowledgementDocument>(viewStore, acknowledgementsView.schema, {
    collection: 'members',
    orderBy: { field: 'registeredAt', direction: 'asc' },
  });
  return members.filter(isAsked);
};

const acceptedOf = (one: AcknowledgementDocument, charterVersionId: string): Accepted | undefined =>
  one.accepted.find((other) => other.charterVersionId === charterVersionId);

/** How many members have not accepted a version yet. */
export async function unacknowledged(deps: Pick<ViewDeps, 'viewStore'>, charterVersionId: string): Promise<number> {
  return (await asked(deps)).filter((one) => acceptedOf(one, charterVersionId) === undefined).length;
}

/**
 * Who has accepted a version of the charter and who has not, longest a member first. Erased members are not among them.
 * @returns undefined when there is no such version
 */
export async function listAcknowledgements(
  deps: ViewDeps,
  charterVersionId: string,
  { state, ...page }: PageParams & { readonly state?: AcknowledgementLine['state'] },
): Promise<AcknowledgementsAnswer | undefined> {
  const upTo = await asOf(deps.viewStore, acknowledgementsView.schema);
  const version = await getCharter(deps, charterVersionId);
  if (version === undefined) return undefined;
  const members = await asked(deps);
  const stateOf = (one: AcknowledgementDocument) => (acceptedOf(one, charterVersionId) ? 'given' : 'missing');
  const wanted = members.filter((one) => state === undefined || stateOf(one) === state);
  const after = page.cursor === undefined ? 0 : wanted.findIndex((one) => placeOf(one) > (page.cursor ?? ''));
  const limit = Math.min(Math.max(page.limit ?? 50, 1), MAX_PAGE);
  const some = after < 0 ? [] : wanted.slice(after, after + limit);
  const names = new Map(
    (
      await membersById(
        deps,
        some.map(({ memberId }) => memberId),
      )
    ).map((one) => [one.memberId, one]),
  );
  const notices = await noticesOf(deps, charterVersionId);
  const items = some.map((one): AcknowledgementLine => {
    const name = names.get(one.memberId)?.name ?? null;
    const accepted = acceptedOf(one, charterVersionId);
    const last = one.accepted.at(-1);
    const notice = notices.get(one.memberId);
    return {
      memberId: one.memberId,
      name,
      state: stateOf(one),
      ...(accepted === undefined ? (last === undefined ? {} : { last }) : { accepted }),
      ...(notice === undefined ? {} : { notice }),
    };
  });
  const given = members.filter((one) => stateOf(one) === 'given').length;
  const end = some.at(-1);
  const more = end !== undefined && after + limit < wanted.length;
  return {
    charterVersionId,
    effectiveFrom: version.effectiveFrom,
    counts: { given, missing: members.length - given },
    items,
    asOf: upTo,
    ...(more ? { next: placeOf(end) } : {}),
  };
}

/** The notice of one version to each member. */
async function noticesOf(
  { viewStore }: Pick<ViewDeps, 'viewStore'>,
  charterVersionId: string,
): Promise<ReadonlyMap<string, NonNullable<AcknowledgementLine['notice']>>> {
  const letters = await findAll<LetterDocument>(viewStore, lettersView.schema, {
    collection: 'letters',
    where: equals({ template: 'charter-change' }),
    orderBy: { field: 'preparedAt', direction: 'asc' },
  });
  const about = letters.filter((one) => one.charterVersionId === charterVersionId);
  return new Map(
    about.map(({ memberId, letterId, standing, sentAt, printedAt }) => [
      memberId,
      {
        letterId,
        standing,
        ...(sentAt === undefined ? {} : { sentAt }),
        ...(printedAt === undefined ? {} : { printedAt }),
      },
    ]),
  );
}

const placeOf = ({ registeredAt, memberId }: AcknowledgementDocument): string => `${registeredAt}~${memberId}`;

/** What the next consent of a member has to show: the version of that day, and whether it is new to them. */
export interface CharterToAccept {
  readonly memberId: string;
  readonly charterVersionId: string;
  readonly effectiveFrom: LocalDate;
  /** `first`: none was accepted yet; `changed`: an older one was; `known`: this one was, and is accepted again as always. */
  readonly asks: 'first' | 'changed' | 'known';
  readonly last?: Accepted;
  /** French: what changed since the version before, as the association put it. */
  readonly changeSummary?: string;
  /** Where to read it. */
  readonly text: string;
  readonly asOf: AsOf;
}

/**
 * @param day in Paris; default today
 * @returns undefined when there is no such member, or no charter on that day
 */
export async function charterToAccept(
  deps: Pick<ViewDeps, 'viewStore' | 'now'>,
  memberId: string,
  day: LocalDate = localDayOf(deps.now),
): Promise<CharterToAccept | undefined> {
  const upTo = await asOf(deps.viewStore, acknowledgementsView.schema);
  const found = await deps.viewStore.get(acknowledgementsView.schema, 'members', memberId);
  const version: CharterDocument | undefined = await charterInForce(deps, day);
  if (found === undefined || version === undefined) return undefined;
  const one = found as unknown as AcknowledgementDocument;
  const { charterVersionId, effectiveFrom, changeSummary } = version;
  const last = one.accepted.at(-1);
  const known = acceptedOf(one, charterVersionId) !== undefined;
  return {
    memberId,
    charterVersionId,
    effectiveFrom,
    asks: known ? 'known' : last === undefined ? 'first' : 'changed',
    ...(last === undefined ? {} : { last }),
    ...(changeSummary === undefined ? {} : { changeSummary }),
    text: `/api/v1/charter/versions/${charterVersionId}`,
    asOf: upTo,
  };
}

/** The views that the questions here are answered from. */
export const acknowledgementViews = [acknowledgementsView, chartersView, lettersView, membersView] as const;
