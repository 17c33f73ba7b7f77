import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import { given } from '#testing/given.js';
import { actor, aMember, aTechnician, at, requestFacts } from '#testing/service-desk.js';
import { supportMemberLeft, supportMemberUnknown, supportMemberUnsubscribed } from '../shared/service-refusals.js';
import { NoGoZonesDeclared, RequestDeclined, RequestQualified, SupportRequested } from './events.js';
import {
  adviceNeedsLead,
  categoryMissing,
  commercialUseUnanswered,
  confidentialDataUnanswered,
  contentCreationExcluded,
  noGuaranteeUnacknowledged,
  onSiteExcluded,
  requestClosed,
  requestDeclined,
  requestUnknown,
} from './refusals.js';
import { request } from './request.js';
import { closed, command, declinedAs, qualified, qualify, requested, who } from './request-story.fixture.js';

const facts = requestFacts('2026-06-01 09:30');

describe('a request that does not exist yet', () => {
  it('is taken down for a known member, with the charter version in force pinned [charter:P.1] [charter:P.3] [charter:8.1b]', () => {
    given(request)
      .when(command, facts)
      .then([
        event(SupportRequested, {
          ...who,
          problem: 'L’imprimante ne répond plus',
          channel: 'phone',
          receivedAt: at('2026-06-01 09:30'),
          charterVersionId: 'v1',
          commercialUse: false,
          membershipStatus: 'active',
          confidentialDataPresent: false,
        }),
      ]);
  });

  it('pins the version in force on the day it was received, also when entered later [charter:P.3]', () => {
    const late = requestFacts('2026-06-12 09:30');
    const { answer } = given(request).when({ ...command, receivedAt: at('2026-06-09 16:00') }, late);
    expect(answer).toMatchObject([{ data: { charterVersionId: 'v1' } }]);
  });

  it('is refused for somebody who is no member [charter:P.1]', () => {
    given(request)
      .when(command, { ...facts, member: undefined })
      .then(supportMemberUnknown);
    given(request)
      .when(command, { ...facts, member: aMember({ hasLeft: (day) => day >= '2026-06-01' }) })
      .then(supportMemberLeft);
  });

  it('is recorded with a warning when the membership has lapsed [charter:P.1]', () => {
    const { answer } = given(request).when(command, { ...facts, member: aMember({ status: 'lapsed' }) });
    expect(answer).toMatchObject([{ type: 'SupportRequested', data: { membershipStatus: 'lapsed' } }]);
  });

  it('is refused for a member who unsubscribed [charter:3.1c]', () => {
    given(request)
      .when(command, { ...facts, member: aMember({ unsubscribed: true }) })
      .then(supportMemberUnsubscribed);
  });

  it('needs the answer on commercial use, and is declined at once when it is yes [charter:1.2e]', () => {
    const { commercialUse: _, ...unasked } = command;
    given(request).when(unasked, facts).then(commercialUseUnanswered);
    const { answer } = given(request).when({ ...command, commercialUse: true }, facts);
    expect(answer).toMatchObject([
      { type: 'SupportRequested', data: { commercialUse: true } },
      { type: 'RequestDeclined', data: { reason: 'commercial-use', letterTemplate: 'decline-commercial-use' } },
    ]);
  });

  it('asks yes or no on confidential data and has no field for the data [charter:3.2d]', () => {
    const { confidentialDataPresent: _, ...unasked } = command;
    given(request).when(unasked, facts).then(confidentialDataUnanswered);
    expect(SupportRequested.schema.safeParse({ confidentialData: 'x' }).success).toBe(false);
  });

  it('is refused when the problem holds what must not be noted, and says where without repeating it [charter:3.3a]', () => {
    const { answer } = given(request).when({ ...command, problem: 'Mon mot de passe est Soleil1975!' }, facts);
    if (!isRefusal(answer)) throw new Error('accepted');
    expect(answer.code).toBe('secret-must-not-be-noted');
    expect(answer.pointers[0]?.pointer).toBe('/problem');
    expect(JSON.stringify(answer)).not.toContain('Soleil');
  });

  it('carries kinds of warned content without the content [charter:3.3a]', () => {
    const { answer } = given(request).when({ ...command, problem: 'Rappeler au 06 12 34 56 78' }, facts);
    expect(answer).toMatchObject([{ data: { lintWarnings: ['phone'] } }]);
  });

  it('cannot be qualified, declined or booked', () => {
    given(request).when(qualify, facts).then(requestUnknown);
  });
});

describe('a request received', () => {
  const received = given(request, requested);

  it('is the same request when given again [charter:P.3]', () => {
    received.when(command, facts).then([]);
  });

  it('is qualified with one category at least and a scope [charter:1.1a-f] [charter:3.2a]', () => {
    received.when(qualify, facts).then([
      event(RequestQualified, {
        ...who,
        serviceCategories: ['diagnosis', 'updates'],
        scope: 'Le pilote de l’imprimante',
        dataRecovery: false,
        asAdvice: false,
      }),
    ]);
    received.when({ ...qualify, serviceCategories: [] }, facts).then(categoryMissing);
  });

  it('tries a recovery of data only once the absence of guarantee is acknowledged [charter:1.2a]', () => {
    received.when({ ...qualify, dataRecovery: true }, facts).then(noGuaranteeUnacknowledged);
    const { answer } = received.when({ ...qualify, dataRecovery: true, noGuaranteeAck: true }, facts);
    expect(answer).toMatchObject([{ data: { dataRecovery: true, noGuaranteeAck: true } }]);
  });

  it('refuses creation of content, which is declined with its letter [charter:1.2b]', () => {
    received.when({ ...qualify, contentCreation: true }, facts).then(contentCreationExcluded);
    received
      .when({ type: 'DeclineRequest', requestId: 'r1', reason: 'content-creation' }, facts)
      .then([
        event(RequestDeclined, { ...who, reason: 'content-creation', letterTemplate: 'decline-content-creation' }),
      ]);
  });

  it('takes specialised software only with a technician trained in it [charter:1.2c]', () => {
    const paint = { ...qualify, specialisedSoftware: 'Krita', skilledTechnicianId: 't1' };
    received.when(paint, facts).then({ code: 'skill-missing', rule: 'charter:1.2c' });
    const trained = aTechnician({ isSkilledIn: (name) => name === 'Krita' });
    const { answer } = received.when(paint, { ...facts, technician: trained });
    expect(answer).toMatchObject([{ data: { specialisedSoftware: 'Krita', skilledTechnicianId: 't1' } }]);
  });

  it('knows no work on site [charter:1.2d]', () => {
    received.when({ ...qualify, onSite: true }, facts).then(onSiteExcluded);
    const { answer } = received.when({ type: 'DeclineRequest', requestId: 'r1', reason: 'on-site' }, facts);
    expect(answer).toMatchObject([{ data: { letterTemplate: 'decline-on-site' } }]);
  });

  it('keeps the folders not to touch as a list [charter:3.2c]', () => {
    received
      .when({ type: 'DeclareNoGoZones', requestId: 'r1', zones: ['Photos', 'Impôts'] }, facts)
      .then([event(NoGoZonesDeclared, { ...who, zones: ['Photos', 'Impôts'] })]);
    const blocked = {
      type: 'DeclareNoGoZones',
      requestId: 'r1',
      zones: ['Photos', 'mot de passe : Azerty99'],
    } as const;
    const { answer } = received.when(blocked, facts);
    expect(answer).toMatchObject({ code: 'secret-must-not-be-noted', pointers: [{ pointer: '/zones/1' }] });
  });
});

describe('a request qualified', () => {
  const known = given(request, requested, qualified);

  it('is not qualified twice the same way [charter:1.1a-f]', () => {
    known.when(qualify, facts).then([]);
  });

  it('may be qualified otherwise while nothing is booked [charter:1.1a-f]', () => {
    const { answer } = known.when({ ...qualify, serviceCategories: ['settings'] }, facts);
    expect(answer).toMatchObject([{ type: 'RequestQualified', data: { serviceCategories: ['settings'] } }]);
  });
});

describe('a request declined as content', () => {
  const declined = given(request, requested, declinedAs('content-creation'));
  const advice = { type: 'RequalifyAsAdvice', requestId: 'r1', scope: 'Apprendre à faire une lettre' } as const;

  it('may be taken as advice by the support lead, not by a technician [charter:1.2b]', () => {
    const { answer } = declined.when(advice, facts);
    expect(answer).toMatchObject([
      { type: 'RequestQualified', data: { serviceCategories: ['office-advice'], asAdvice: true } },
    ]);
    declined.when(advice, { ...facts, actor: actor('t1', 'Technician') }).then(adviceNeedsLead);
  });

  it('is not qualified otherwise, nor declined for another reason [charter:1.1a-f]', () => {
    declined.when(qualify, facts).then(requestDeclined);
    declined.when({ type: 'DeclineRequest', requestId: 'r1', reason: 'other' }, facts).then(requestDeclined);
    declined.when({ type: 'DeclineRequest', requestId: 'r1', reason: 'content-creation' }, facts).then([]);
  });
});

describe('a request closed', () => {
  const over = given(request, requested, qualified, closed);

  it('says how far it got, never that the result was owed [charter:2.1]', () => {
    const open = given(request, requested, qualified);
    const { answer } = open.when({ type: 'CloseRequest', requestId: 'r1', outcome: 'partly' }, facts);
    expect(answer).toMatchObject([{ type: 'RequestClosed', data: { outcome: 'partly' } }]);
  });

  it('takes nothing more [charter:P.3]', () => {
    over.when(qualify, facts).then(requestClosed);
    over.when({ type: 'CloseRequest', requestId: 'r1', outcome: 'resolved' }, facts).then([]);
  });
});
