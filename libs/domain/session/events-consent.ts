/** STORAGE FORMAT: see events.ts. */
import { defineEvent } from '#kernel/define-event.js';
import { flag, id, instant, list, localDate, oneOf, optional, personal, shape, text } from '#kernel/field.js';
import {
  backupAnswers,
  confirmationChannels,
  consentChannels,
  consentFlags,
  consentModes,
  identityChecks,
  signatureMethods,
} from './codes.js';
import { who } from './event-fields.js';

export const ConsentGiven = defineEvent({
  type: 'ConsentGiven',
  version: 1,
  subject: 'memberId',
  doc: 'The member consented to this one session, on the charter version in force, in writing or orally with its proof.',
  rules: [
    'charter:3.1a',
    'charter:3.1b',
    'charter:F.0',
    'charter:F.1',
    'charter:F.2',
    'charter:F.3',
    'charter:F.4',
    'charter:F.5',
  ],
  data: {
    ...who,
    requestId: optional(id()),
    charterVersionId: id(),
    mode: oneOf(...consentModes),
    givenAt: instant(),
    /** The four boxes of the form as the member answered them, one by one. */
    statements: shape({ backup: flag(), authorise: flag(), bestEfforts: flag(), eightDays: flag() }),
    signatureMethod: oneOf(...signatureMethods),
    signerName: personal(text(200), { cell: 'session', category: 'name of the person who consents' }),
    /** Reference of the paper scan, of the e-mail or of the link used; written consent has one. */
    evidenceRef: optional(id()),
    /** Oral: version of the script that was read. */
    scriptVersion: optional(id()),
    /** Oral: staff id of who read it. */
    collectedBy: optional(id()),
    identityCheck: optional(oneOf(...identityChecks)),
    calledNumber: optional(personal(text(40), { cell: 'session', category: 'telephone number called' })),
    /** Oral: how the member gets it confirmed. */
    confirmationChannel: optional(oneOf(...confirmationChannels)),
    representativeId: optional(id()),
    /** The only day on which it counts, Europe/Paris. */
    validOn: localDate(),
    flags: list(oneOf(...consentFlags)),
  },
});

export const CharterAcknowledged = defineEvent({
  type: 'CharterAcknowledged',
  version: 1,
  subject: 'memberId',
  doc: 'The charter version was shown to the member, who says that it is read and accepted.',
  rules: ['charter:10.1', 'charter:10.2'],
  data: { ...who, charterVersionId: id(), at: instant() },
});

export const ConsentRefused = defineEvent({
  type: 'ConsentRefused',
  version: 1,
  subject: 'memberId',
  doc: 'The member refused this session. No reason is asked.',
  rules: ['charter:3.1c'],
  data: { ...who, requestId: optional(id()), at: instant(), channel: oneOf(...consentChannels) },
});

export const ConsentWithdrawn = defineEvent({
  type: 'ConsentWithdrawn',
  version: 1,
  subject: 'memberId',
  doc: 'The member withdrew the consent; a running session ends in the same append. No reason is asked.',
  rules: ['charter:3.1c'],
  data: { ...who, at: instant(), channel: oneOf(...consentChannels) },
});

export const PreparationAnswered = defineEvent({
  type: 'PreparationAnswered',
  version: 1,
  subject: 'memberId',
  doc: 'The member answered the check-list before the session.',
  rules: ['charter:X.1-3', 'charter:3.2b'],
  data: {
    ...who,
    at: instant(),
    /** Personal files, mail and bank are closed. */
    closed: flag(),
    /** Visible secrets were told of (that there are some, never which). */
    secretsTold: flag(),
    backup: oneOf(...backupAnswers),
  },
});

export const consentEvents = [
  ConsentGiven,
  CharterAcknowledged,
  ConsentRefused,
  ConsentWithdrawn,
  PreparationAnswered,
] as const;
