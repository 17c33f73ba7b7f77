import { at, day } from '#domain/complaint/complaint-story.fixture.js';
import { SessionInterrupted } from '#domain/session/events-course.js';
import { CredentialChangeConfirmed, TemporaryCredentialUsed } from '#domain/session/events-journal.js';
import { BreachTriageAnswered } from '#domain/session/events-security.js';
import { ConfidentialityUndertakingSigned, StaffRegistered, TechnicianAuthorised } from '#domain/staff/events.js';
import { event } from '#kernel/define-event.js';
import { listDeadlines } from './deadlines.js';
import { NOW, told } from './deadlines.test-data.js';
import { charterPublished } from './example-story.test-data.js';

const published = (charterVersionId: string, effectiveFrom: string) => ({
  ...charterPublished,
  data: { ...charterPublished.data, charterVersionId, effectiveFrom: day(effectiveFrom) },
});

describe('what is due', () => {
  it('holds temporary accesses that are still open, three days after their use [charter:5.1b]', async () => {
    const who = { sessionId: 'r1.1', memberId: 'm1', credentialId: 'k1' };
    const used = event(TemporaryCredentialUsed, { ...who, at: NOW, method: 'temporary-password', changeAdvised: true });
    const { items } = await listDeadlines(await told(NOW, ['session-r1.1', used]), { kind: 'credential' });
    expect(items).toMatchObject([
      {
        clock: 'credential-change',
        id: 'k1',
        lastDay: '2026-06-11',
        derivation: '3 jours à compter du lendemain du lundi 8 juin → jeudi 11 juin 2026, 24 h',
      },
    ]);
    const changed = event(CredentialChangeConfirmed, { ...who, at: NOW });
    expect((await listDeadlines(await told(NOW, ['session-r1.1', used, changed]), {})).items).toEqual([]);
  });

  it('holds the question whether data were touched, 24 running hours after a stop for security [charter:7.3b]', async () => {
    const who = { sessionId: 'r1.1', memberId: 'm1' };
    const stop = event(SessionInterrupted, { ...who, at: NOW, reason: 'SECURITY', beyondCharter: false });
    const asked = async (now: string, ...more: readonly ReturnType<typeof event>[]) =>
      (await listDeadlines(await told(now, ['session-r1.1', stop, ...more]), { kind: 'security-stop' })).items;
    expect(await asked(NOW)).toMatchObject([
      {
        id: 'r1.1',
        endsAt: at('2026-06-09T10:00:00+02:00'),
        urgency: 'soon',
        derivation: expect.stringContaining('24 heures'),
      },
    ]);
    expect(await asked(at('2026-06-09T10:00:00+02:00'))).toMatchObject([{ urgency: 'late' }]);
    const answered = event(BreachTriageAnswered, { ...who, at: NOW, answer: 'no', awareAt: NOW, reason: 'Rien lu.' });
    expect(await asked(NOW, answered as never)).toEqual([]);
  });

  it('holds undertakings to sign anew: a year after the last, and under a new version of the charter [charter:5.2]', async () => {
    const signed = (signedOn: string, charterVersionId: string) =>
      event(ConfidentialityUndertakingSigned, { staffId: 't1', signedOn: day(signedOn), charterVersionId });
    const technician = [
      event(StaffRegistered, { staffId: 't1', name: 'Théo Modèle (fictif)' }),
      event(TechnicianAuthorised, { staffId: 't1', from: day('2025-01-01') }),
      signed('2025-07-01', 'v1'),
    ];
    const found = async (now: string, ...streams: Parameters<typeof told>[1][]) =>
      (await listDeadlines(await told(now, ...streams), { kind: 'staff' })).items;
    expect(await found(NOW, ['staff-t1', ...technician])).toMatchObject([
      {
        clock: 'undertaking-renewal',
        lastDay: '2026-07-01',
        derivation: expect.stringContaining('1 an, de date à date'),
      },
    ]);
    expect(await found(at('2026-04-30T10:00:00+02:00'), ['staff-t1', ...technician])).toEqual([]);
    const versions = [published('v1', '2025-01-01'), published('v2', '2026-07-15')];
    const charters = ['charter-association', ...versions] as const;
    expect(await found(NOW, charters, ['staff-t1', ...technician])).toMatchObject([
      {
        clock: 'undertaking-charter',
        lastDay: '2026-07-15',
        derivation: expect.stringContaining('mercredi 15 juillet 2026'),
      },
    ]);
    expect(await found(NOW, charters, ['staff-t1', ...technician, signed('2026-06-01', 'v2')])).toEqual([]);
  });
});
