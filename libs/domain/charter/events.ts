import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import {
  exactText,
  id,
  instant,
  integer,
  list,
  localDate,
  oneOf,
  optional,
  sha256,
  shape,
  text,
} from '#kernel/field.js';
import { amendmentChannels } from './parameters.js';

// Types and names here are the storage format.

const parameters = shape({
  sessionMinutes: integer(1, 1440),
  openingDays: list(integer(1, 7), 7),
  opensAt: text(5),
  closesAt: text(5),
  complaintWindowDays: integer(1, 3660),
  outerLimitMonths: integer(1, 1200),
  journalRetentionMonths: integer(1, 1200),
  amendmentChannels: list(oneOf(...amendmentChannels), 3),
});

export const CharterPublished = defineEvent({
  type: 'CharterPublished',
  version: 1,
  doc: 'A version of the charter was published, with its exact text and the parameters that rules read from it.',
  rules: ['charter:P.3', 'charter:10.2'],
  data: {
    charterVersionId: id(),
    effectiveFrom: localDate(),
    publishedAt: instant(),
    textSha256: sha256(),
    text: exactText(400_000),
    articles: list(shape({ number: text(8), title: exactText(300), text: exactText(100_000) })),
    consentStatements: list(exactText(2000), 12),
    recommendations: list(shape({ phase: oneOf('before', 'during', 'after'), text: exactText(2000) }), 60),
    parameters,
    acceptedMissing: list(text(80)),
    changeSummary: optional(text(4000)),
  },
});

export const CharterNotified = defineEvent({
  type: 'CharterNotified',
  version: 1,
  doc: 'A version of the charter was made known to the members by one of the channels that the charter names.',
  rules: ['charter:10.2'],
  data: {
    charterVersionId: id(),
    channel: oneOf(...amendmentChannels),
    notifiedOn: localDate(),
    evidenceRef: optional(text(200)),
  },
});

export const charterEvents = [CharterPublished, CharterNotified];
export type CharterEvent = EventOf<typeof CharterPublished> | EventOf<typeof CharterNotified>;
export type SealedCharterEvent = SealedEventOf<typeof CharterPublished> | SealedEventOf<typeof CharterNotified>;
