import { defineEvent, type EventOf, type SealedEventOf } from '#kernel/define-event.js';
import { flag, id, instant, integer, list, oneOf, optional, personal, text } from '#kernel/field.js';
import { breachKinds, noticeChannels, riskLevels, tellingExemptions } from './codes.js';

// Types and names here are the storage format. Texts are sealed with the incident: none is about one member alone.

const free = (max: number, category: string) => personal(text(max), { cell: 'incident', category });
const nature = free(8000, 'nature d’une violation de données');
const consequences = free(8000, 'conséquences d’une violation de données');
const measures = free(8000, 'mesures prises après une violation de données');
const assessment = free(8000, 'appréciation d’une violation de données');

/** Opaque: who and what was touched, as the log knows it. */
const touched = {
  sessionIds: list(id(), 1000),
  memberIds: list(id(), 1000),
  /** Key cells of these sessions and members, found in the log. */
  cells: list(text(200), 2000),
};

export const IncidentRecorded = defineEvent({
  type: 'IncidentRecorded',
  version: 1,
  subject: 'incidentId',
  doc: 'A breach of personal data was entered in the register; the 72 hours run from the awareness (GDPR 33).',
  data: {
    incidentId: id(),
    awareAt: instant(),
    kinds: list(oneOf(...breachKinds), 3),
    nature,
    ...touched,
    /** About how many persons, where the log does not know them. */
    personsAbout: optional(integer()),
    consequences: optional(consequences),
    measures: optional(measures),
    /** The authority is to be told before this moment. Stored: later settings never move it. */
    notifyBefore: instant(),
    /** French: how it was found, step by step. */
    derivation: text(2000),
  },
});

export const IncidentComplemented = defineEvent({
  type: 'IncidentComplemented',
  version: 1,
  subject: 'incidentId',
  doc: 'More became known of an incident: what was touched, what may come of it, what was done.',
  data: {
    incidentId: id(),
    ...touched,
    personsAbout: optional(integer()),
    nature: optional(nature),
    consequences: optional(consequences),
    measures: optional(measures),
  },
});

export const IncidentAssessed = defineEvent({
  type: 'IncidentAssessed',
  version: 1,
  subject: 'incidentId',
  doc: 'The risk for the persons concerned was judged: it decides whether the authority and they are told.',
  data: { incidentId: id(), risk: oneOf(...riskLevels), reasons: assessment, assessedAt: instant() },
});

export const AuthorityNotified = defineEvent({
  type: 'AuthorityNotified',
  version: 1,
  subject: 'incidentId',
  doc: 'The CNIL was told of an incident: first, or with a complement (GDPR 33(4)).',
  data: {
    incidentId: id(),
    notificationId: id(),
    stage: oneOf('first', 'complement'),
    notifiedAt: instant(),
    /** The first one left after the 72 hours. */
    late: flag(),
    content: free(8000, 'notification d’une violation de données'),
    /** Owed with a late one (GDPR 33(1)). */
    delayReasons: optional(free(4000, 'motifs du retard d’une notification')),
    /** Number of the file at the authority. */
    authorityReference: optional(text(60)),
  },
});

export const PersonsTold = defineEvent({
  type: 'PersonsTold',
  version: 1,
  subject: 'incidentId',
  doc: 'Persons concerned were told of an incident (GDPR 34).',
  data: {
    incidentId: id(),
    noticeId: id(),
    toldIds: list(id(), 1000),
    toldAt: instant(),
    channel: oneOf(...noticeChannels),
    message: free(8000, 'message aux personnes concernées par une violation de données'),
  },
});

export const PersonsNotTold = defineEvent({
  type: 'PersonsNotTold',
  version: 1,
  subject: 'incidentId',
  doc: 'Persons concerned are not told one by one although the risk is high, on one of the three grounds of GDPR 34(3).',
  data: {
    incidentId: id(),
    exemption: oneOf(...tellingExemptions),
    reasons: assessment,
    decidedAt: instant(),
  },
});

export const IncidentClosed = defineEvent({
  type: 'IncidentClosed',
  version: 1,
  subject: 'incidentId',
  doc: 'An incident was closed; it stays in the register.',
  data: { incidentId: id(), conclusion: assessment, closedAt: instant() },
});

export const incidentEvents = [
  IncidentRecorded,
  IncidentComplemented,
  IncidentAssessed,
  AuthorityNotified,
  PersonsTold,
  PersonsNotTold,
  IncidentClosed,
] as const;
export type IncidentEvent = EventOf<(typeof incidentEvents)[number]>;
export type SealedIncidentEvent = SealedEventOf<(typeof incidentEvents)[number]>;
