import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import type { Instant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import type { Role } from '../shared/facts.js';
import type { NotifyAuthority, RecordIncident } from './commands.js';
import { AuthorityNotified, IncidentAssessed, IncidentClosed, IncidentRecorded, PersonsTold } from './events.js';
import type { IncidentFacts } from './facts.js';
import { incident } from './incident.js';
import * as refusals from './refusals.js';

const incidentId = 'i1';
/** Friday, 18:00 in Paris. */
const awareAt = '2026-06-05T16:00:00.000Z' as Instant;
const end = '2026-06-08T16:00:00.000Z' as Instant;
const at = (now: string, role: Role = 'Director', more: Partial<IncidentFacts> = {}): IncidentFacts => ({
  now: now as Instant,
  actor: { staffId: 's1', roles: [role] },
  calendar: { civilTime: frenchCivilTime(), isClosed: () => true },
  breachHours: 72,
  cells: [],
  unknown: [],
  ...more,
});
const soon = at('2026-06-05T17:00:00.000Z');
const record: RecordIncident = {
  type: 'RecordIncident',
  incidentId,
  awareAt,
  kinds: ['confidentiality'],
  nature: 'Un rapport est parti à la mauvaise adresse.',
  sessionIds: ['r1.1'],
  memberIds: [],
};
const { type: _, ...entry } = record;
const recorded = event(IncidentRecorded, {
  ...entry,
  cells: ['m1/session:r1.1'],
  notifyBefore: end,
  derivation: '72 heures à compter du vendredi 5 juin 2026, 18 h → lundi 8 juin 2026, 18 h',
});
const assessed = (risk: 'unlikely' | 'risk' | 'high') =>
  event(IncidentAssessed, { incidentId, risk, reasons: 'Un seul destinataire.', assessedAt: soon.now });
const notify = (notifiedAt: string, delayReasons?: string): NotifyAuthority => ({
  type: 'NotifyAuthority',
  incidentId,
  notificationId: 'n1',
  notifiedAt: notifiedAt as Instant,
  content: 'Première notification.',
  ...(delayReasons === undefined ? {} : { delayReasons }),
});
const notified = (notificationId = 'n1') =>
  event(AuthorityNotified, {
    incidentId,
    notificationId,
    stage: 'first',
    late: false,
    notifiedAt: soon.now,
    content: 'Première notification.',
  });
const close = { type: 'CloseIncident', incidentId, conclusion: 'Adresse corrigée.' } as const;

describe('an incident', () => {
  it('is written down by anybody; 72 hours run from the awareness, over a weekend and closing days, without a shift', () => {
    const { answer } = given(incident).when(
      record,
      at('2026-06-05T17:00:00.000Z', 'Technician', { cells: ['m1/session:r1.1'] }),
    );
    if (isRefusal(answer)) throw new Error(answer.code);
    expect(answer[0]?.data).toMatchObject({ notifyBefore: end, cells: ['m1/session:r1.1'] });
    expect(answer[0]?.data).toHaveProperty('derivation', expect.stringMatching(/^72 heures .*5 juin.*8 juin/));
    given(incident, recorded).when(record, soon).then([]);
  });

  it('has another end only where the association set other hours, and keeps the one that it was given', () => {
    const { answer } = given(incident).when(record, { ...soon, breachHours: 96 });
    if (isRefusal(answer)) throw new Error(answer.code);
    expect(answer[0]?.data).toMatchObject({ notifyBefore: '2026-06-09T16:00:00.000Z' });
    given(incident, recorded)
      .when(notify('2026-06-08T16:00:00.000Z'), { ...at('2026-06-08T17:00:00.000Z'), breachHours: 96 })
      .then(refusals.delayReasonsMissing);
  });

  it('is refused in the future, without a kind, or about what nobody knows', () => {
    given(incident)
      .when({ ...record, awareAt: end }, soon)
      .then({ code: 'date-in-future' });
    given(incident)
      .when({ ...record, kinds: [] }, soon)
      .then(refusals.incidentKindMissing);
    given(incident)
      .when(record, { ...soon, unknown: ['r1.1'] })
      .then(refusals.incidentReferencesUnknown);
    given(incident)
      .when({ ...record, nature: 'Carte 4111 1111 1111 1111' }, soon)
      .then({ code: 'content-lint-blocked' });
  });

  it('is complemented by what becomes known; nothing new adds nothing, and a closed one stays as it is', () => {
    const nothing = { type: 'ComplementIncident', incidentId, sessionIds: [], memberIds: [] } as const;
    given(incident, recorded).when(nothing, soon).then([]);
    const { answer } = given(incident, recorded).when({ ...nothing, measures: 'Adresse corrigée.' }, soon);
    expect(answer).toMatchObject([{ type: 'IncidentComplemented', data: { measures: 'Adresse corrigée.' } }]);
    const closed = event(IncidentClosed, { incidentId, conclusion: 'Fini.', closedAt: soon.now });
    given(incident, recorded, closed)
      .when({ ...nothing, measures: 'Autre.' }, soon)
      .then(refusals.incidentClosed);
    given(incident).when(nothing, soon).then(refusals.incidentUnknown);
  });

  it('is decided on by the Director or the President alone', () => {
    const assess = { type: 'AssessIncident', incidentId, risk: 'risk', reasons: 'Un seul destinataire.' } as const;
    given(incident, recorded).when(assess, at(soon.now, 'SupportLead')).then(refusals.incidentNeedsDirector);
    given(incident, recorded)
      .when(assess, at(soon.now, 'President'))
      .then([assessed('risk')]);
    given(incident).when(assess, soon).then(refusals.incidentUnknown);
  });
});

describe('the notification of the authority', () => {
  it('is in time before the last minute; at it and after, it is a fact that says it is late, and why', () => {
    const monday = at('2026-06-09T08:00:00.000Z');
    const told = (notifiedAt: string, reasons?: string) =>
      given(incident, recorded).when(notify(notifiedAt, reasons), monday).answer;
    expect(told('2026-06-08T15:59:59.999Z')).toMatchObject([{ data: { late: false, stage: 'first' } }]);
    expect(told(end)).toMatchObject({ code: refusals.delayReasonsMissing.code });
    expect(told(end, 'Panne du courrier.')).toMatchObject([{ data: { late: true, stage: 'first' } }]);
  });

  it('comes in stages: what follows the first is a complement and never late; a repetition adds nothing', () => {
    const { answer } = given(incident, recorded, notified('n0')).when(
      notify('2026-06-20T08:00:00.000Z'),
      at('2026-06-21T08:00:00.000Z'),
    );
    expect(answer).toMatchObject([{ data: { late: false, stage: 'complement' } }]);
    given(incident, recorded, notified()).when(notify(soon.now), soon).then([]);
  });
});

describe('the closing', () => {
  it('waits for what the risk asks: the authority for a risk, the persons or an exemption for a high one', () => {
    given(incident, recorded).when(close, soon).then(refusals.incidentNotAssessed);
    given(incident, recorded, assessed('risk')).when(close, soon).then(refusals.authorityNotNotified);
    given(incident, recorded, assessed('high'), notified()).when(close, soon).then(refusals.personsNotTold);
    const { incidentId: i, conclusion } = close;
    const closed = event(IncidentClosed, { incidentId: i, conclusion, closedAt: soon.now });
    given(incident, recorded, assessed('unlikely')).when(close, soon).then([closed]);
    const told = { incidentId, noticeId: 'p1', toldIds: ['m1'], toldAt: soon.now, channel: 'phone' as const };
    given(incident, recorded, assessed('high'), notified(), event(PersonsTold, { ...told, message: 'Voici.' }))
      .when(close, soon)
      .then([closed]);
    const exempt = {
      type: 'ExemptFromTelling',
      incidentId,
      exemption: 'protected-data',
      reasons: 'Chiffré.',
    } as const;
    const { answer } = given(incident, recorded, assessed('high')).when(exempt, soon);
    if (isRefusal(answer)) throw new Error(answer.code);
    given(incident, recorded, assessed('high'), notified(), ...answer)
      .when(close, soon)
      .then([closed]);
    given(incident, recorded, closed).when(close, soon).then([]);
  });
});
