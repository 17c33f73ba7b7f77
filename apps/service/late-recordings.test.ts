import { factTimes } from '#domain/shared/fact-times.js';
import type { EventDefinition } from '#kernel/define-event.js';
import { bindings } from '../composition/bindings.js';
import { openSlice, type Slice } from './slice.js';
import { consentBody, prepareStory, publishCharter, tellStory } from './slice-story.js';

/** Whose time is that of their recording, or names a day or a moment that they decide: nothing of them can be typed in late. */
const DECIDES = [
  ...['CharterPublished', 'ClosureDeclared', 'OfficeHolderAppointed', 'OfficeHolderDismissed', 'TechnicianAuthorised'],
  ...['TechnicianRevoked', 'AccessTokenIssued', 'MembershipLapsed', 'MembershipRenewed', 'MemberLeft'],
  ...['ProcessingRestricted', 'RestrictionLifted', 'FileConsulted', 'MemberExportIssued', 'AppointmentBooked'],
  ...['AppointmentCancelled', 'RequestClosed', 'RequestTextReported', 'RequestTextStrikeOutDecided'],
  // said by the consent beside it
  'CharterAcknowledged',
  ...['ContestSettled', 'SessionStarted', 'PresenceAttested', 'ExtensionAgreed', 'SessionClosed', 'JournalCorrected'],
  ...['DeviationFlagged', 'OverrunFlagged', 'DeviationReviewed', 'StrikeOutRequested', 'StrikeOutDecided'],
  ...['ReportIssued', 'LegalHoldPlaced', 'LegalHoldReviewed', 'LegalHoldReleased', 'CellsCondemned', 'CellsDestroyed'],
  ...['ErasureReadBack', 'ErasureCertified', 'DataErasureRequested', 'IdentityChecked', 'RightsRequestExtended'],
  ...['RightsDecisionPartMade', 'RightsDecisionMade', 'RightsRequestClosed', 'RetentionRunCompleted'],
  ...[
    'InvestigationOpened',
    'InvestigationReported',
    'ComplaintQualified',
    'ComplaintClosed',
    'ComplaintReopened',
    'IncidentAssessed',
  ],
  ...['PersonsNotTold', 'IncidentClosed', 'InsurancePolicyRecorded', 'MediatorRecorded', 'ProcessorRecorded'],
  ...['AssociationRecordEnded', 'LetterPrepared', 'LetterSendingBegun', 'LetterLinkIssued', 'LetterSent'],
  ...['LetterDelayed', 'LetterUndelivered', 'LetterPrinted', 'LetterQueuedAgain', 'LetterAbandoned'],
  ...['ProcessStepDone', 'ProcessStepParked', 'ProcessStepRetried', 'ProcessStepSkipped', 'CommandRefused'],
  ...['SubscriberRegistered', 'SubscriberDeliveryFailed'],
];
const TIME = /^(at|on|from|day)$|(At|On|Until)$/;
const declared: readonly EventDefinition[] = bindings.flatMap(({ events }) => events);

describe('what was typed in late (A16)', () => {
  it('is looked for in every event that has a time: each either tells a fact or decides, by name', () => {
    const timed = declared.filter(({ data }) => Object.keys(data).some((field) => TIME.test(field)));
    const told = timed.map(({ type }) => type);
    expect(told.filter((type) => factTimes[type] === undefined && !DECIDES.includes(type))).toEqual([]);
    expect(DECIDES.filter((type) => factTimes[type] !== undefined || !told.includes(type))).toEqual([]);
    for (const [type, field] of Object.entries(factTimes))
      expect([type, Object.keys(declared.find((one) => one.type === type)?.data ?? {})]).toEqual([
        type,
        expect.arrayContaining([field]),
      ]);
  });

  describe('over HTTP', () => {
    let slice: Slice;
    beforeEach(async () => {
      slice = await openSlice();
    });
    afterEach(async () => {
      expect(slice.faults).toEqual([]);
      await slice.close();
    });
    const late = async (query = '') => {
      await slice.settled();
      const { items } = await slice.ok('SupportLead', 'GET', `/registers/late-recordings${query}`);
      return items.map(({ event, hours }: { event: string; hours: number }) => `${event} ${hours}`);
    };
    const deviations = async () => {
      await slice.settled();
      const { items } = await slice.ok('SupportLead', 'GET', '/deviations?code=late-recording');
      return items.map(({ detail, at }: { detail: string; at: string }) => `${detail} ${at}`);
    };

    it('a consent on paper, and a withdrawal, are a deviation of the session, once [charter:3.1c]', async () => {
      const story = await prepareStory(slice, await publishCharter(slice));
      expect(await late()).toEqual([]);
      const paper = { ...consentBody(story), signatureMethod: 'paper', givenAt: '2026-06-01T06:59:00.000Z' };
      const withdrawn = { channel: 'in-person', at: '2026-06-01T06:30:00.000Z' };
      await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/consent/withdraw`, withdrawn);
      expect(await deviations()).toEqual(['word-recorded-late 2026-06-01T06:30:00.000Z']);
      await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/consent`, paper);
      expect((await late()).sort()).toEqual(['ConsentGiven 24', 'ConsentWithdrawn 24']);
      expect(await deviations()).toHaveLength(1);
    });

    it('a member’s stop, a complaint, a rights request, an undertaking are marked, by the same rule [charter:8.1a]', async () => {
      const { memberId, technicianId, charterVersionId } = await tellStory(slice);
      const at = slice.temoin.clock.now();
      slice.moveTo(new Date(Date.parse(at) + 86_400_000).toISOString());
      await slice.ok('SupportLead', 'POST', `/members/${memberId}/unsubscribe`, { at, channel: 'phone' });
      expect(await late(`?memberId=${memberId}`)).toEqual([]);
      slice.moveTo(new Date(Date.parse(at) + 90_000_000).toISOString());
      await slice.ok('SupportLead', 'POST', `/members/${memberId}/resubscribe`, { at, channel: 'phone' });
      await slice.ok('Director', 'POST', '/complaints', {
        ...{ memberId, channel: 'email', receivedAt: at, learnedOn: at.slice(0, 10) },
        ...{ facts: 'Lent.', consequences: 'Aucune.', sessionIds: [], against: [], concernsDirector: false },
      });
      await slice.ok('Director', 'POST', '/rights', {
        memberId,
        kind: 'access',
        channel: 'paper',
        receivedAt: at,
        concernsDirector: false,
      });
      const signed = { signedOn: '2026-05-31', charterVersionId };
      await slice.ok('Director', 'POST', `/staff/${technicianId}/undertaking`, signed);
      expect((await late()).sort()).toEqual([
        'ComplaintFiled 25',
        'ConfidentialityUndertakingSigned 59',
        'RightsRequestReceived 25',
        'ServiceResubscribed 25',
      ]);
      expect(await late('?category=complaint')).toEqual(['ComplaintFiled 25']);
    });
  });
});
