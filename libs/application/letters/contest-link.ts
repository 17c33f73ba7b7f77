import type { ConsentChannel, ConsentMode } from '#domain/session/codes.js';
import type { SessionCommand } from '#domain/session/commands.js';
import { session } from '#domain/session/session.js';
import { hasBegun, isUnderWay, type SessionState } from '#domain/session/state.js';
import { isSealed } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { type MemberLinkDocument, memberLink } from '#views/member-links.js';
import type { ReplayedEvent } from '../replay-stream.js';
import type { Temoin } from '../temoin.js';
import { isLinkToken, linkDigestOf } from './member-link.js';

type Deps = Pick<Temoin, 'viewStore' | 'opener' | 'reader' | 'stream' | 'clock' | 'execute' | 'ids'>;

/** What was recorded, in so far as a page may show it: no name, no number called. */
export interface RecordedConsent {
  readonly givenAt: Instant;
  readonly validOn: LocalDate;
  readonly mode: ConsentMode;
  readonly statements: Readonly<Record<'backup' | 'authorise' | 'bestEfforts' | 'eightDays', boolean>>;
}

/** What a link leads to at this moment. */
export type LinkAnswer =
  /** Never issued, or not as it was issued. */
  | { readonly state: 'unknown' }
  | { readonly state: 'expired'; readonly letterId: string }
  /** What it was about was destroyed. */
  | { readonly state: 'erased' }
  /** It cannot be told now whether it was: try again. */
  | { readonly state: 'unreadable' }
  /** Another consent was recorded since, or this one was taken back: there is nothing to contest. */
  | { readonly state: 'over'; readonly letterId: string; readonly why: 'replaced' | 'withdrawn' | 'refused' }
  | {
      readonly state: 'open';
      readonly letterId: string;
      readonly consent: RecordedConsent;
      readonly session: 'before' | 'under-way' | 'after';
      /** The member has said so already. */
      readonly contestedAt: Instant | undefined;
    };

export const memberActor = 'member';

/** Changes nothing, however often it is asked: mail scanners follow links. @throws what the stores throw */
export async function readLink(deps: Deps, token: string): Promise<LinkAnswer> {
  const found = await linkOf(deps, token);
  return found === undefined ? { state: 'unknown' } : answerOf(deps, found);
}

/** Why a remark was not kept although « ce n’est pas exact » was recorded. */
export type RemarkLeft = 'too-long' | 'not-allowed' | 'said-before';

/** What came of it. */
export interface Contested {
  readonly answer: LinkAnswer;
  readonly remarkLeft?: RemarkLeft;
}

/**
 * Records that the member says so, once. A remark that holds what may not be noted is left out and said so: it never keeps
 * the fact itself from being recorded.
 * @throws what the stores throw
 */
export async function contestByLink(deps: Deps, token: string, remark: string | undefined): Promise<Contested> {
  const link = await linkOf(deps, token);
  if (link === undefined) return { answer: { state: 'unknown' } };
  const before = await answerOf(deps, link);
  if (before.state !== 'open') return { answer: before };
  const { contestedAt: saidBefore } = before;
  const said = await give(deps, link, remark);
  const isRefused = said.outcome === 'refused' && remark !== undefined;
  if (isRefused) await give(deps, link, undefined);
  const answer = await answerOf(deps, link);
  if (answer.state !== 'open' || answer.contestedAt === undefined || remark === undefined) return { answer };
  if (isRefused) return { answer, remarkLeft: 'not-allowed' };
  return saidBefore === undefined ? { answer } : { answer, remarkLeft: 'said-before' };
}

function give({ execute, ids, clock }: Deps, link: MemberLinkDocument, remark: string | undefined) {
  const { sessionId, letterId, consentEventId } = link;
  const command: SessionCommand = {
    type: 'ContestConsent',
    sessionId,
    channel: 'link' satisfies ConsentChannel,
    at: clock.now(),
    consentEventId,
    letterId,
    ...(remark === undefined ? {} : { remark }),
  };
  const commandId = ids.freshCommandId();
  return execute({ commandId, actor: memberActor, actorRoles: [], stream: `session-${sessionId}`, command });
}

const linkOf = async (deps: Deps, token: string): Promise<MemberLinkDocument | undefined> =>
  isLinkToken(token) ? memberLink(deps, linkDigestOf(token)) : undefined;

async function answerOf(deps: Deps, link: MemberLinkDocument): Promise<LinkAnswer> {
  const { letterId, sessionId, consentEventId, expiresAt } = link;
  const given = await consentEvent(deps, sessionId, consentEventId);
  if (given === undefined) return { state: 'unreadable' };
  // the name is not shown: it tells whether what the page is about is still there
  const { signerName } = given.data;
  const [signer] = isSealed(signerName) ? await deps.opener.open([signerName]) : [];
  const standing = signer?.state ?? 'unreadable';
  if (standing === 'unreadable') return { state: 'unreadable' };
  if (standing === 'erased') return { state: 'erased' };
  if (expiresAt <= deps.clock.now()) return { state: 'expired', letterId };
  const state = await deps.reader.state(session, sessionId);
  const over = whyOver(state, consentEventId);
  if (over !== undefined) return { state: 'over', letterId, why: over };
  const { givenAt, validOn, mode, statements } = given.data as unknown as RecordedConsent;
  return {
    state: 'open',
    letterId,
    consent: { givenAt, validOn, mode, statements },
    session: isUnderWay(state) ? 'under-way' : hasBegun(state) ? 'after' : 'before',
    contestedAt: state.contest?.open === true ? state.contest.at : undefined,
  };
}

function whyOver(state: SessionState, consentEventId: string): 'replaced' | 'withdrawn' | 'refused' | undefined {
  const { consent } = state;
  if (consent === undefined) return 'replaced';
  const given = consent.standing === 'given' ? consent : consent.earlier;
  if (given?.eventId !== consentEventId) return 'replaced';
  return consent.standing === 'given' || hasBegun(state) ? undefined : consent.standing;
}

async function consentEvent({ stream }: Deps, sessionId: string, eventId: string): Promise<ReplayedEvent | undefined> {
  for await (const one of stream(`session-${sessionId}`)) if (one.meta.eventId === eventId) return one;
  return undefined;
}
