import type { LetterTemplate } from '#domain/letter/codes.js';
import type { LetterSubject } from '#domain/letter/commands.js';
import type { LetterContent } from './letter-content.js';
import type { LetterFacts } from './letter-facts.js';
import { charterChange } from './templates-charter.js';
import { acknowledgement, finalAnswer, proposal, referral } from './templates-complaint.js';
import {
  consentConfirmation,
  consentReceipt,
  decline,
  exceptionalAgreement,
  followUp,
  preparation,
} from './templates-session.js';

/** A template: what is written, under whose cell it is sealed, and the version that a letter names for ever. */
export interface Template {
  /** Raised whenever its words change. */
  readonly version: number;
  readonly subject: LetterSubject;
  readonly write: (facts: LetterFacts) => LetterContent;
}

/** The two of rights are written by what answers rights: their words follow the decision. */
export type PlainTemplate = Exclude<LetterTemplate, 'rights-answer' | 'rights-extension'>;
export const RIGHTS_VERSION = 1;

export const templates: Readonly<Record<PlainTemplate, Template>> = {
  preparation: { version: 1, subject: 'request', write: preparation },
  'consent-confirmation': { version: 2, subject: 'session', write: consentConfirmation },
  'consent-receipt': { version: 2, subject: 'session', write: consentReceipt },
  'follow-up': { version: 1, subject: 'session', write: followUp },
  decline: { version: 1, subject: 'request', write: decline },
  'exceptional-agreement': { version: 1, subject: 'request', write: exceptionalAgreement },
  'complaint-acknowledgement': { version: 2, subject: 'complaint', write: acknowledgement },
  'complaint-proposal': { version: 2, subject: 'complaint', write: proposal },
  'complaint-final-answer': { version: 2, subject: 'complaint', write: finalAnswer },
  'complaint-referral': { version: 2, subject: 'complaint', write: referral },
  'charter-change': { version: 1, subject: 'member', write: charterChange },
};
