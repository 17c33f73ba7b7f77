import { event } from '#kernel/define-event.js';
import { isRefusal } from '#kernel/refusal.js';
import { given } from '#testing/given.js';
import { aMember, appointment, aRequest, at, sessionFacts } from '#testing/service-desk.js';
import {
  CharterAcknowledged,
  ConsentGiven,
  ConsentRefused,
  ConsentWithdrawn,
  PreparationAnswered,
} from './events-consent.js';
import {
  authorisationMissing,
  charterNotAccepted,
  charterStale,
  consentDayPassed,
  consentProofMissing,
  consentVoid,
  consentWithdrawn,
  guardianNeeded,
  representativeUnknown,
  sessionNotPlanned,
  sessionOver,
  sessionUnknown,
  signatureMismatch,
  signerMissing,
  statementUnanswered,
} from './refusals-consent.js';
import { session } from './session.js';
import { clock, consented, ended, oral, started, who, written } from './session-story.fixture.js';

const facts = sessionFacts('2026-06-02 09:30');
const fresh = given(session);
const statements = written.statements;

describe('a session without consent yet', () => {
  it('takes written consent with the four statements, on the version in force, for the planned day [charter:3.1a] [charter:3.1b] [charter:F.5]', () => {
    fresh
      .when(written, facts)
      .then([
        event(CharterAcknowledged, { ...who, charterVersionId: 'v1', at: clock('09:30') }),
        event(ConsentGiven, { ...consented.data, givenAt: clock('09:30') }),
      ]);
  });

  it('takes oral consent with script, collector, identity check, number and confirmation [charter:3.1b]', () => {
    const { answer } = fresh.when(oral, facts);
    const proof = { scriptVersion: 'script-3', collectedBy: 'lead', identityCheck: 'call-back-to-known-number' };
    expect(answer).toMatchObject([
      { type: 'CharterAcknowledged' },
      { type: 'ConsentGiven', data: { mode: 'oral', ...proof, confirmationChannel: 'post', validOn: '2026-06-02' } },
    ]);
  });

  it.each(['scriptVersion', 'identityCheck', 'calledNumber', 'confirmationChannel'] as const)(
    'refuses oral consent without %s [charter:3.1b]',
    (field) => {
      const { [field]: _, ...rest } = oral;
      const { answer } = fresh.when(rest as typeof oral, facts);
      expect(answer).toMatchObject({ code: consentProofMissing.code, pointers: [{ pointer: `/${field}` }] });
    },
  );

  it('takes who gives the command for who collected an oral consent [charter:3.1b]', () => {
    const { collectedBy: _, ...rest } = oral;
    expect(fresh.when(rest, facts).answer).toMatchObject([{}, { data: { collectedBy: 't1' } }]);
  });

  it('refuses written consent without a reference to its proof, and a signature that does not fit [charter:3.1b] [charter:F.5]', () => {
    const { evidenceRef: _, ...rest } = written;
    fresh.when(rest, facts).then(consentProofMissing);
    fresh.when({ ...written, signatureMethod: 'oral-attestation' }, facts).then(signatureMismatch);
    fresh.when({ ...oral, signatureMethod: 'paper' }, facts).then(signatureMismatch);
  });

  it('needs the name and the declaration « lu et accepté » [charter:F.0] [charter:10.1]', () => {
    fresh.when({ ...written, signerName: '  ' }, facts).then(signerMissing);
    fresh.when({ ...written, readAndAccepted: false }, facts).then(charterNotAccepted);
  });

  it('never assumes the authorisation of the takeover [charter:F.2]', () => {
    fresh.when({ ...written, statements: { ...statements, authorise: false } }, facts).then(authorisationMissing);
    fresh.when({ ...written, statements: { ...statements, authorise: undefined } }, facts).then(authorisationMissing);
    fresh.when({ ...written, statements: {} }, facts).then(authorisationMissing);
  });

  it('asks each of the other statements, none ticked beforehand [charter:3.1b]', () => {
    const { answer } = fresh.when({ ...written, statements: { authorise: true, backup: false } }, facts);
    expect(answer).toMatchObject({
      code: statementUnanswered.code,
      pointers: [{ pointer: '/statements/bestEfforts' }, { pointer: '/statements/eightDays' }],
    });
  });

  it.each([
    ['backup', 'no-backup'],
    ['bestEfforts', 'best-efforts-not-understood'],
    ['eightDays', 'eight-days-not-accepted'],
  ])('accepts « %s » unticked and flags %s [charter:F.1] [charter:F.3] [charter:F.4]', (name, flag) => {
    const { answer } = fresh.when({ ...written, statements: { ...statements, [name]: false } }, facts);
    expect(answer).toMatchObject([{}, { type: 'ConsentGiven', data: { flags: [flag] } }]);
  });

  it('acts on F.1 as a warning [charter:F.1], on F.3 as a call [charter:F.3], and never opposes F.4 [charter:F.4]', () => {
    const unticked = { backup: false, authorise: true, bestEfforts: false, eightDays: false };
    const { after } = fresh.when({ ...written, statements: unticked }, facts);
    expect(after.consent).toMatchObject({ standing: 'given', authorise: true });
  });

  it('refuses a version that is no longer, or not yet, in force [charter:10.2]', () => {
    fresh.when({ ...written, charterVersionId: 'v2' }, facts).then(charterStale);
    const later = { ...appointment, startsAt: at('2026-06-12 10:00'), endsAt: at('2026-06-12 10:45') };
    const changed = sessionFacts('2026-06-11 09:00', { request: aRequest({ appointment: later }) });
    fresh.when(written, changed).then(charterStale);
    expect(isRefusal(fresh.when({ ...written, charterVersionId: 'v2' }, changed).answer)).toBe(false);
  });

  it('refuses a minor without the consent of a recorded guardian [charter:3.1b]', () => {
    const capacityOf = (id: string) =>
      id === 'g1' ? ('guardian' as const) : id === 's1' ? ('helper' as const) : undefined;
    const minor = { ...facts, member: aMember({ minor: true, capacityOf }) };
    fresh.when(written, minor).then(guardianNeeded);
    fresh.when({ ...written, representativeId: 's1' }, minor).then(guardianNeeded);
    fresh.when({ ...written, representativeId: 'unknown' }, minor).then(representativeUnknown);
    expect(fresh.when({ ...written, representativeId: 'g1' }, minor).answer).toMatchObject([
      {},
      { data: { representativeId: 'g1', flags: ['given-by-representative'] } },
    ]);
  });

  it('needs an appointment that stands, today or later [charter:3.1a]', () => {
    fresh.when(written, { ...facts, request: undefined }).then(sessionUnknown);
    fresh.when(written, { ...facts, request: aRequest({ appointment: undefined }) }).then(sessionUnknown);
    const cancelled = aRequest({ appointment: { ...appointment, cancelled: true } });
    fresh.when(written, { ...facts, request: cancelled }).then(sessionNotPlanned);
    fresh.when(written, sessionFacts('2026-06-03 09:00')).then(consentDayPassed);
  });

  it('refuses a member who unsubscribed, and a consent older than that [charter:3.1c]', () => {
    fresh
      .when(written, { ...facts, member: aMember({ unsubscribed: true }) })
      .then({ code: 'support-member-unsubscribed', rule: 'charter:3.1c' });
    fresh.when(written, { ...facts, member: aMember({ voidsConsentOf: () => true }) }).then(consentVoid);
  });

  it('refuses a secret typed in the place of a name [charter:5.1a] [charter:3.3a]', () => {
    const { answer } = fresh.when({ ...written, signerName: 'mot de passe : Soleil1975!' }, facts);
    expect(answer).toMatchObject({ code: 'secret-must-not-be-noted' });
  });

  it('takes a refusal, without a reason, once [charter:3.1c]', () => {
    const refuse = { type: 'RefuseConsent', sessionId: 'r1.1', channel: 'phone' } as const;
    const refused = event(ConsentRefused, { ...who, requestId: 'r1', at: facts.now, channel: 'phone' });
    fresh.when(refuse, facts).then([refused]);
    given(session, refused).when(refuse, facts).then([]);
    expect(Object.keys(ConsentRefused.data)).not.toContain('reason');
  });

  it('keeps the answers to the preparation [charter:X.1-3] [charter:3.2b]', () => {
    const answers = { closed: true, secretsTold: false, backup: 'unknown' } as const;
    const answer = { type: 'AnswerPreparation', sessionId: 'r1.1', ...answers } as const;
    const answered = event(PreparationAnswered, { ...who, at: facts.now, ...answers });
    fresh.when(answer, facts).then([answered]);
    given(session, answered).when(answer, facts).then([]);
  });
});

describe('a session with consent', () => {
  const withdraw = { type: 'WithdrawConsent', sessionId: 'r1.1', channel: 'phone' } as const;
  const withdrawn = event(ConsentWithdrawn, { ...who, at: clock('09:30'), channel: 'phone' });

  it('does not take the same consent twice [charter:3.1a]', () => {
    given(session, consented).when(written, facts).then([]);
  });

  it('lets the member withdraw at any moment, without a reason [charter:3.1c]', () => {
    given(session, consented).when(withdraw, facts).then([withdrawn]);
    expect(Object.keys(ConsentWithdrawn.data)).not.toContain('reason');
  });

  it('has nothing to withdraw twice [charter:3.1c]', () => {
    given(session, consented, withdrawn).when(withdraw, facts).then([]);
  });

  it('takes STOP before the start as a withdrawal [charter:3.1c] [charter:7.3d]', () => {
    const { answer } = given(session, consented).when({ type: 'StopSession', sessionId: 'r1.1' }, facts);
    expect(answer).toMatchObject([{ type: 'ConsentWithdrawn' }]);
  });

  it('is not revived by a paper signed before the withdrawal [charter:3.1c]', () => {
    const gone = given(session, consented, withdrawn);
    gone.when({ ...written, givenAt: clock('09:10') }, sessionFacts('2026-06-02 09:45')).then(consentWithdrawn);
    const again = gone.when(written, sessionFacts('2026-06-02 09:45'));
    expect(again.after.consent).toMatchObject({ standing: 'given' });
  });

  it('takes no consent after the session [charter:3.1a]', () => {
    given(session, consented, started, ended).when(oral, facts).then(sessionOver);
  });
});
