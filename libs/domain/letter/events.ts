import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { id, instant, integer, oneOf, optional, personal, sha256, text } from '#kernel/field.js';
import { abandonReasons, letterTemplates, undeliveredReasons } from './codes.js';

// Types and names here are the storage format.

const who = { letterId: id(), memberId: id() };
const category = 'contenu d’un courrier';
const content = text(60_000);

export const LetterPrepared = defineEvent({
  type: 'LetterPrepared',
  version: 1,
  subject: 'memberId',
  doc: 'A letter to a member is ready to leave or to be printed. Its words are sealed with what it is about, and die with it; name and address are added when it leaves.',
  rules: ['charter:10.2', 'charter:3.1b', 'charter:X.1-3', 'charter:X.7-9', 'charter:9.2'],
  data: {
    ...who,
    template: oneOf(...letterTemplates),
    templateVersion: integer(1),
    /** Event or case that asked for it. */
    causeId: id(),
    sessionId: optional(id()),
    requestId: optional(id()),
    complaintId: optional(id()),
    rightsId: optional(id()),
    charterVersionId: optional(id()),
    /** One of these: title and paragraphs as JSON, under the cell of what the letter is about. */
    sessionContent: optional(personal(content, { cell: 'session', category })),
    requestContent: optional(personal(content, { cell: 'request', category })),
    complaintContent: optional(personal(content, { cell: 'complaint', category })),
    rightsContent: optional(personal(content, { cell: 'rights', category })),
    memberContent: optional(personal(content, { cell: 'identity', category })),
    preparedAt: instant(),
  },
});

export const LetterSendingBegun = defineEvent({
  type: 'LetterSendingBegun',
  version: 1,
  doc: 'A letter is being given to the mail server: written down before, so that nothing leaves twice after a crash.',
  rules: [],
  data: { ...who, attempt: integer(1), at: instant() },
});

export const LetterLinkIssued = defineEvent({
  type: 'LetterLinkIssued',
  version: 1,
  doc: 'The letter leaves with a link under which the member says that a consent is not exact. Only the digest of the link’s token is known.',
  rules: ['charter:3.1b'],
  data: {
    ...who,
    sessionId: id(),
    /** The ConsentGiven that the link is about, and no other. */
    consentEventId: id(),
    attempt: integer(1),
    linkSha256: sha256(),
    at: instant(),
    expiresAt: instant(),
  },
});

export const LetterSent = defineEvent({
  type: 'LetterSent',
  version: 1,
  doc: 'The mail server took the letter. Mail is never the only proof.',
  rules: ['charter:3.1b'],
  data: { ...who, attempt: integer(1), at: instant() },
});

export const LetterDelayed = defineEvent({
  type: 'LetterDelayed',
  version: 1,
  doc: 'The mail server could not be reached or asked for patience: tried again later.',
  rules: [],
  data: { ...who, attempt: integer(1), at: instant(), code: id(), nextAt: instant() },
});

export const LetterUndelivered = defineEvent({
  type: 'LetterUndelivered',
  version: 1,
  doc: 'Mail does not bring the letter to the member: it is to be printed, which is equal.',
  rules: [],
  data: { ...who, at: instant(), reason: oneOf(...undeliveredReasons), code: optional(id()) },
});

export const LetterPrinted = defineEvent({
  type: 'LetterPrinted',
  version: 1,
  doc: 'A person printed the letter and gave or posted it.',
  rules: ['charter:3.1b'],
  data: { ...who, at: instant(), handedOver: oneOf('post', 'in-person') },
});

export const LetterQueuedAgain = defineEvent({
  type: 'LetterQueuedAgain',
  version: 1,
  doc: 'A person has the letter sent again, for example after an address was corrected.',
  rules: [],
  data: { ...who, at: instant() },
});

export const LetterAbandoned = defineEvent({
  type: 'LetterAbandoned',
  version: 1,
  doc: 'The letter does not leave any more: what it says was erased, or is true no longer.',
  rules: [],
  data: { ...who, at: instant(), reason: oneOf(...abandonReasons) },
});

export const letterEvents = [
  LetterPrepared,
  LetterSendingBegun,
  LetterLinkIssued,
  LetterSent,
  LetterDelayed,
  LetterUndelivered,
  LetterPrinted,
  LetterQueuedAgain,
  LetterAbandoned,
] as const;
export type LetterEvent = EventOf<(typeof letterEvents)[number]>;
export type SealedLetterEvent = SealedEventOf<(typeof letterEvents)[number]>;
