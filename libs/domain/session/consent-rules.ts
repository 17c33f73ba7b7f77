import type { Refusal } from '#kernel/refusal.js';
import { versionInForce } from '../charter/state.js';
import type { ConsentFlag } from './codes.js';
import type { GiveConsent } from './commands-consent.js';
import type { SessionFacts } from './facts.js';
import {
  authorisationMissing,
  charterStale,
  consentMissing,
  consentNotToday,
  consentProofMissing,
  consentRefused,
  consentVoid,
  consentWithdrawn,
  guardianNeeded,
  representativeUnknown,
  signatureMismatch,
  statementUnanswered,
} from './refusals-consent.js';
import { consentContested } from './refusals-contest.js';
import type { ConsentTakenBack, GivenConsent, SessionState } from './state.js';

/** The four answers; every one was given by the member, none is assumed. */
export interface Statements {
  readonly backup: boolean;
  readonly authorise: boolean;
  readonly bestEfforts: boolean;
  readonly eightDays: boolean;
}

/** Refuses an absent answer (3.1 b) and a takeover that is not authorised (F.2). */
export function statementsOf(given: GiveConsent['statements']): Statements | Refusal {
  const { backup, authorise, bestEfforts, eightDays } = given;
  if (authorise !== true) return authorisationMissing(undefined, [{ pointer: '/statements/authorise', detail: 'non' }]);
  if (backup === undefined || bestEfforts === undefined || eightDays === undefined) {
    const missing = Object.entries({ backup, bestEfforts, eightDays }).filter(([, answer]) => answer === undefined);
    return statementUnanswered(
      undefined,
      missing.map(([name]) => ({ pointer: `/statements/${name}`, detail: 'sans réponse' })),
    );
  }
  return { backup, authorise, bestEfforts, eightDays };
}

/** What makes the consent worth a call or a word, without making it less valid (F.1, F.3, F.4, A15). */
export function flagsOf(statements: Statements, representativeId: string | undefined): readonly ConsentFlag[] {
  const flags: ConsentFlag[] = [];
  if (!statements.backup) flags.push('no-backup');
  if (!statements.bestEfforts) flags.push('best-efforts-not-understood');
  if (!statements.eightDays) flags.push('eight-days-not-accepted');
  if (representativeId !== undefined) flags.push('given-by-representative');
  return flags;
}

/** Oral and written consent are equal, each with its whole proof (3.1 b, F.5, A2). */
export function refuseProof(command: GiveConsent, collectedBy: string): Refusal | undefined {
  const oral = command.mode === 'oral';
  if (oral !== (command.signatureMethod === 'oral-attestation'))
    return signatureMismatch(undefined, [{ pointer: '/signatureMethod', detail: 'ne convient pas' }]);
  const { evidenceRef, scriptVersion, identityCheck, calledNumber, confirmationChannel } = command;
  const needed = oral
    ? { scriptVersion, collectedBy, identityCheck, calledNumber, confirmationChannel }
    : { evidenceRef };
  const missing = Object.entries(needed).filter(([, value]) => value === undefined || value.trim() === '');
  if (missing.length === 0) return undefined;
  return consentProofMissing(
    undefined,
    missing.map(([name]) => ({ pointer: `/${name}`, detail: 'manque' })),
  );
}

/** Who may consent: the member, or a recorded representative; for a minor a guardian only (A15). */
export function refuseSigner(representativeId: string | undefined, facts: SessionFacts): Refusal | undefined {
  const capacity = representativeId === undefined ? undefined : facts.member?.capacityOf(representativeId);
  if (representativeId !== undefined && capacity === undefined)
    return representativeUnknown(undefined, [{ pointer: '/representativeId', detail: 'inconnu' }]);
  return facts.member?.minor === true && capacity !== 'guardian' ? guardianNeeded() : undefined;
}

/** The consent that allows this session to start today, or why there is none. */
export function liveConsent(state: SessionState, facts: SessionFacts): GivenConsent | Refusal {
  const { consent } = state;
  if (consent === undefined) return consentMissing();
  if (consent.standing !== 'given') return takenBack(consent);
  if (state.contest?.open === true) return consentContested();
  if (!consent.authorise) return authorisationMissing();
  if (facts.member?.voidsConsentOf(consent.givenAt) === true) return consentVoid();
  const today = facts.time.toLocal(facts.now).date;
  if (consent.validOn !== today) return consentNotToday();
  return versionInForce(facts.charter, today)?.charterVersionId === consent.charterVersionId ? consent : charterStale();
}

export const takenBack = ({ standing }: ConsentTakenBack): Refusal =>
  standing === 'refused' ? consentRefused() : consentWithdrawn();
