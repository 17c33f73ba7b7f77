import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import { earlier } from '../shared/fact-time.js';
import { hasAnyRole } from '../shared/facts.js';
import { linted } from '../shared/linted.js';
import type { ContestStage } from './codes.js';
import type { ContestCommand, ContestConsent } from './commands-contest.js';
import { flag } from './deviations.js';
import type { SessionEvent } from './events.js';
import { ConsentContested, ContestSettled } from './events-contest.js';
import type { SessionFacts } from './facts.js';
import { consentMissing } from './refusals-consent.js';
import { consentReplaced, contestBeforeStart, contestNeedsLead, contestNone } from './refusals-contest.js';
import { consentEverGiven, hasBegun, isUnderWay, type SessionState } from './state.js';
import type { Who } from './who.js';

type Answer = readonly SessionEvent[] | Refusal;

/** « Ce n’est pas exact »: recorded whenever it is said, also during the session and after it (A2). */
export function contestConsent(command: ContestConsent, state: SessionState, facts: SessionFacts, who: Who): Answer {
  const { channel, letterId, remark } = command;
  const given = consentEverGiven(state);
  if (given === undefined) return consentMissing();
  const { eventId: consentEventId } = given;
  if (command.consentEventId !== undefined && command.consentEventId !== consentEventId) return consentReplaced();
  // nothing stands, nothing took place: there is nothing to clear up
  if (state.consent?.standing !== 'given' && !hasBegun(state)) return [];
  if (state.contest?.open === true) return [];
  const text = linted({ '/remark': remark });
  if (text.refusal) return text.refusal;
  return [
    event(ConsentContested, {
      ...who,
      at: earlier(command.at ?? facts.now, facts.now),
      channel,
      consentEventId,
      ...(letterId === undefined ? {} : { letterId }),
      stage: stageOf(state),
      ...(remark === undefined ? {} : { remark }),
      ...text.warnings,
    }),
  ];
}

const stageOf = (state: SessionState): ContestStage =>
  isUnderWay(state) ? 'under-way' : hasBegun(state) ? 'after' : 'before';

/** That it was not exact after all makes the session one without consent: a serious deviation. */
export function settleContest(
  command: Extract<ContestCommand, { readonly type: 'SettleContest' }>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { outcome, note } = command;
  if (!hasAnyRole(facts.actor, 'SupportLead', 'Director', 'President')) return contestNeedsLead();
  const { contest } = state;
  if (contest === undefined) return contestNone();
  if (!contest.open) return contest.outcome === outcome ? [] : contestNone();
  if (!hasBegun(state)) return contestBeforeStart();
  const text = linted({ '/note': note });
  if (text.refusal) return text.refusal;
  const { staffId } = facts.actor;
  const { consentEventId } = contest;
  const ownSession = staffId === state.technicianId || staffId === consentEverGiven(state)?.collectedBy;
  const settled = event(ContestSettled, {
    ...who,
    at: facts.now,
    consentEventId,
    outcome,
    ownSession,
    note,
    ...text.warnings,
  });
  if (outcome === 'confirmed') return [settled];
  const breach = {
    code: 'no-consent',
    detail: 'consent-not-exact',
    at: state.startedAt ?? facts.now,
    aboutId: consentEventId,
  } as const;
  return [settled, ...flag(state, who, [breach])];
}
