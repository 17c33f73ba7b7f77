import { event } from '#kernel/define-event.js';
import { isRefusal, type Refusal } from '#kernel/refusal.js';
import { versionInForce } from '../charter/state.js';
import { earlier } from '../shared/fact-time.js';
import { linted } from '../shared/linted.js';
import { noCharterInForce } from '../shared/service-refusals.js';
import { refuseFuture, refuseMember } from '../shared/service-rules.js';
import type { ConsentCommand, GiveConsent } from './commands-consent.js';
import { flagsOf, refuseProof, refuseSigner, statementsOf, takenBack } from './consent-rules.js';
import { stopNow } from './ending.js';
import type { SessionEvent } from './events.js';
import {
  CharterAcknowledged,
  ConsentGiven,
  ConsentRefused,
  ConsentWithdrawn,
  PreparationAnswered,
} from './events-consent.js';
import type { SessionFacts } from './facts.js';
import {
  charterNotAccepted,
  charterStale,
  consentDayPassed,
  consentVoid,
  sessionNotPlanned,
  sessionOver,
  sessionUnknown,
  signerMissing,
} from './refusals-consent.js';
import { consentContested } from './refusals-contest.js';
import { hasBegun, isUnderWay, type SessionState } from './state.js';
import type { Who } from './who.js';

type Of<T extends ConsentCommand['type']> = Extract<ConsentCommand, { readonly type: T }>;
type Answer = readonly SessionEvent[] | Refusal;

export function giveConsent(command: GiveConsent, state: SessionState, facts: SessionFacts, who: Who): Answer {
  const { charterVersionId, mode, representativeId, signerName, signatureMethod } = command;
  const { now, time, request, member, actor } = facts;
  const { consent } = state;
  const isVoid = consent?.standing === 'given' && member?.voidsConsentOf(consent.givenAt) === true;
  if (
    consent?.standing === 'given' &&
    !isVoid &&
    state.contest?.open !== true &&
    consent.charterVersionId === charterVersionId &&
    consent.mode === mode
  )
    return [];
  if (hasBegun(state)) return sessionOver();
  if (request?.appointment === undefined) return sessionUnknown();
  if (!request.open || request.appointment.cancelled) return sessionNotPlanned();
  const today = time.toLocal(now).date;
  const validOn = time.toLocal(request.appointment.startsAt).date;
  const refusal = refuseMember(member, today) ?? refuseFuture(command.givenAt, now, '/givenAt');
  if (refusal) return refusal;
  const givenAt = command.givenAt ?? now;
  // A paper signed before the member's later no does not bring the consent back.
  if (consent !== undefined && consent.standing !== 'given' && givenAt < consent.at) return takenBack(consent);
  // nor does one that was given before the member said that it is not exact
  if (state.contest?.open === true && givenAt < state.contest.at) return consentContested();
  if (member?.voidsConsentOf(givenAt) === true) return consentVoid();
  if (validOn < today) return consentDayPassed();
  if (!command.readAndAccepted) return charterNotAccepted(undefined, [{ pointer: '/readAndAccepted', detail: 'non' }]);
  if (signerName.trim() === '') return signerMissing(undefined, [{ pointer: '/signerName', detail: 'manque' }]);
  const statements = statementsOf(command.statements);
  if (isRefusal(statements)) return statements;
  const inForce = versionInForce(facts.charter, today);
  if (inForce === undefined) return noCharterInForce();
  if (inForce.charterVersionId !== charterVersionId)
    return charterStale(undefined, [{ pointer: '/charterVersionId', detail: 'pas en vigueur' }]);
  const collectedBy = command.collectedBy ?? actor.staffId;
  const proof =
    refuseSigner(representativeId, facts) ??
    refuseProof(command, collectedBy) ??
    linted({ '/signerName': signerName }).refusal;
  if (proof) return proof;
  return [
    event(CharterAcknowledged, { ...who, charterVersionId, at: givenAt }),
    event(ConsentGiven, {
      ...who,
      requestId: request.requestId,
      charterVersionId,
      mode,
      givenAt,
      statements,
      signatureMethod,
      signerName,
      ...proofFields(command, collectedBy),
      ...(representativeId === undefined ? {} : { representativeId }),
      validOn,
      flags: flagsOf(statements, representativeId),
    }),
  ];
}

export function refuseConsent(
  command: Of<'RefuseConsent'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  if (isUnderWay(state)) return takeBack(command, state, facts, who);
  if (hasBegun(state) || state.consent?.standing === 'refused') return [];
  const { channel } = command;
  const requestId = facts.request === undefined ? {} : { requestId: facts.request.requestId };
  return [event(ConsentRefused, { ...who, ...requestId, at: earlier(command.at ?? facts.now, facts.now), channel })];
}

/** Never refused, whatever its time: a time to come is taken as now. */
export function withdrawConsent(
  command: Of<'WithdrawConsent'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  if (isUnderWay(state)) return takeBack(command, state, facts, who);
  if (hasBegun(state) || state.consent?.standing !== 'given') return [];
  return [withdrawal(command, facts, who)];
}

export function answerPreparation(
  command: Of<'AnswerPreparation'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): Answer {
  const { closed, secretsTold, backup } = command;
  if (state.preparation === [closed, secretsTold, backup].join()) return [];
  const answered = { ...who, at: command.at ?? facts.now, closed, secretsTold, backup };
  return refuseFuture(command.at, facts.now) ?? [event(PreparationAnswered, answered)];
}

const takeBack = (
  command: Of<'WithdrawConsent'> | Of<'RefuseConsent'>,
  state: SessionState,
  facts: SessionFacts,
  who: Who,
): readonly SessionEvent[] => [
  withdrawal(command, facts, who),
  ...stopNow(state, facts, who, command.at, 'consent-withdrawn'),
];

const withdrawal = (command: Of<'WithdrawConsent'> | Of<'RefuseConsent'>, facts: SessionFacts, who: Who) =>
  event(ConsentWithdrawn, { ...who, at: earlier(command.at ?? facts.now, facts.now), channel: command.channel });

function proofFields(command: GiveConsent, collectedBy: string) {
  const { mode, evidenceRef, scriptVersion, identityCheck, calledNumber, confirmationChannel } = command;
  return {
    ...(evidenceRef === undefined ? {} : { evidenceRef }),
    ...(mode === 'oral' ? { collectedBy } : {}),
    ...(scriptVersion === undefined ? {} : { scriptVersion }),
    ...(identityCheck === undefined ? {} : { identityCheck }),
    ...(calledNumber === undefined ? {} : { calledNumber }),
    ...(confirmationChannel === undefined ? {} : { confirmationChannel }),
  };
}
