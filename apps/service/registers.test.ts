import { activities } from '#application/registers/activities.js';
import { processingRegister } from '#application/registers/processing-register.js';
import { bindings } from '../composition/bindings.js';
import { finishedStory } from './rights-story.js';
import { openSlice, type Slice } from './slice.js';

describe('the register of breaches', () => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await openSlice();
  });
  afterAll(async () => {
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
  const deadlines = async () =>
    (await slice.ok('Director', 'GET', '/deadlines?kind=incident')).items as readonly Record<string, unknown>[];

  it('takes an incident from a technician to its end, with its running hours among the deadlines', async () => {
    const { sessionId } = await finishedStory(slice);
    const now = (await slice.ok('Administrator', 'GET', '/simulation/clock')).now as string;
    const { id } = await slice.ok('Technician', 'POST', '/incidents', {
      awareAt: now,
      kinds: ['confidentiality'],
      nature: 'Un rapport est parti à la mauvaise adresse.',
      sessionIds: [sessionId],
      memberIds: [],
    });
    await slice.settled();
    const end = new Date(Date.parse(now) + 72 * 3_600_000).toISOString();
    expect(await deadlines()).toMatchObject([{ id, owner: 'President', insteadOf: 'Director', endsAt: end }]);
    expect(String((await deadlines())[0]?.derivation)).toMatch(/^72 heures à compter du /);

    const at = `/incidents/${id}`;
    const refused = await slice.send('POST', `/api/v1${at}/close`, { conclusion: 'Fini.' }, { as: 'Director' });
    expect(refused.body).toMatchObject({ code: 'incident-not-assessed' });
    await slice.ok('Director', 'POST', `${at}/assessment`, { risk: 'high', reasons: 'Données de santé possibles.' });
    slice.moveTo(end);
    await slice.settled();
    expect(await deadlines()).toMatchObject([{ urgency: 'late' }]);
    const late = { notifiedAt: end, content: 'Première notification.' };
    const without = await slice.send('POST', `/api/v1${at}/notifications`, late, { as: 'Director' });
    expect(without.body).toMatchObject({ code: 'incident-delay-reasons-missing' });
    await slice.ok('Director', 'POST', `${at}/notifications`, { ...late, delayReasons: 'Téléservice en panne.' });
    await slice.ok('Director', 'POST', `${at}/notifications`, { notifiedAt: end, content: 'Complément.' });
    await slice.settled();
    expect(await deadlines()).toEqual([]);
    const { memberId } = await slice.temoin.reader.state(
      (await import('#domain/session/session.js')).session,
      sessionId,
    );
    const told = { toldIds: [memberId], toldAt: end, channel: 'phone', message: 'Voici ce qui est arrivé.' };
    await slice.ok('President', 'POST', `${at}/notices`, told);
    await slice.ok('President', 'POST', `${at}/close`, { conclusion: 'Adresse corrigée.' });
    await slice.settled();
    expect((await slice.ok('Auditor', 'GET', '/incidents?state=closed')).items).toMatchObject([
      { incidentId: id, notified: 'late', complements: 1, personsTold: 'yes', touched: { sessions: 1, members: 1 } },
    ]);
    expect(await slice.ok('Auditor', 'GET', at)).toMatchObject({
      cells: [`${memberId}/session:${sessionId}`],
      effects: [{ kind: 'session', standing: 'kept' }],
      nature: { state: 'present', value: 'Un rapport est parti à la mauvaise adresse.' },
      notifications: [{ stage: 'first', late: true }, { stage: 'complement' }],
    });
    const card = await slice.send('GET', `/api/v1${at}?format=html`, undefined, { as: 'Director' });
    expect(card.headers['content-type']).toContain('text/html');
    for (const words of [
      'Téléservice en panne.',
      'risque élevé',
      'Point de contact',
      'journal d’une intervention',
      'après le délai',
      'Adresse corrigée.',
    ])
      expect(card.text).toContain(words);
    const sent = (await slice.ok('Auditor', 'GET', '/registers/disclosures')).items;
    expect(sent.filter((one: { recipient: string }) => one.recipient === 'cnil')).toHaveLength(2);
  });
});

describe('what an incident touched', () => {
  it('is every living cell of a member named, and what became of it since', async () => {
    const slice = await openSlice();
    const { memberId, sessionId } = await finishedStory(slice);
    const now = (await slice.ok('Administrator', 'GET', '/simulation/clock')).now as string;
    const lost = { awareAt: now, kinds: ['availability'], nature: 'Disque perdu.', sessionIds: [], personsAbout: 1 };
    const { id } = await slice.ok('SupportLead', 'POST', '/incidents', { ...lost, memberIds: [memberId] });
    await slice.ok('Director', 'POST', '/complaints', {
      ...{ memberId, channel: 'email', receivedAt: now, learnedOn: now.slice(0, 10) },
      ...{ facts: 'Perte.', consequences: 'Aucune.', sessionIds: [sessionId], against: [], concernsDirector: false },
    });
    await slice.settled();
    const { effects } = await slice.ok('Director', 'GET', `/incidents/${id}`);
    const standing = (cell: string) => effects.find((one: { cell: string }) => one.cell === cell)?.standing;
    expect(standing(`${memberId}/identity`)).toBe('kept');
    expect(standing(`${memberId}/session:${sessionId}`)).toBe('held');
    const unknown = { ...lost, memberIds: ['nobody'] };
    const refused = await slice.send('POST', '/api/v1/incidents', unknown, { as: 'SupportLead' });
    expect(refused.body).toMatchObject({ code: 'incident-references-unknown' });
    expect(slice.faults).toEqual([]);
    await slice.close();
  });
});

describe('the registers', () => {
  let slice: Slice;
  beforeAll(async () => {
    slice = await openSlice();
  });
  afterAll(async () => {
    expect(slice.faults).toEqual([]);
    await slice.close();
  });

  it('warn until insurance and mediator are recorded, and of cover that ends [charter:6.2] [charter:6.3]', async () => {
    const duties = async () => {
      await slice.settled();
      return (await slice.ok('Director', 'GET', '/work')).association;
    };
    expect(await duties()).toMatchObject({ insurance: 'missing', mediator: 'missing' });
    await slice.ok('Director', 'POST', '/registers/mediators', {
      mediatorName: 'Médiation Exemple',
      mediatorContact: '1 rue de l’Exemple, 75000 Paris',
      from: '2026-01-01',
    });
    const policy = { insurer: 'Mutuelle Exemple', policyNumber: 'RC-12', coverage: 'Responsabilité civile' };
    const { id } = await slice.ok('Director', 'POST', '/registers/insurance', {
      ...policy,
      from: '2026-01-01',
      until: '2026-06-30',
    });
    expect(await duties()).toMatchObject({ insurance: 'in-order', mediator: 'in-order' });
    const ends = async () => (await slice.ok('Director', 'GET', '/deadlines?kind=association')).items;
    expect(await ends()).toMatchObject([{ clock: 'insurance-end', id, lastDay: '2026-06-30' }]);
    await slice.ok('Director', 'POST', '/registers/insurance', { ...policy, from: '2026-07-01', until: '2027-06-30' });
    await slice.settled();
    expect(await ends()).toEqual([]);
    await slice.ok('Director', 'POST', `/registers/records/${id}/end`, { on: '2026-06-02' });
    expect(await duties()).toMatchObject({ insurance: 'expired' });
  });

  it('give a closing its mediator: without one on record it has to be attested [charter:6.3]', async () => {
    const { memberId } = await finishedStory(slice);
    const now = (await slice.ok('Administrator', 'GET', '/simulation/clock')).now as string;
    const { id } = await slice.ok('Director', 'POST', '/complaints', {
      ...{ memberId, channel: 'email', receivedAt: now, learnedOn: now.slice(0, 10) },
      ...{ facts: 'Long.', consequences: 'Aucune.', sessionIds: [], against: [], concernsDirector: false },
    });
    const answer = { outcome: 'no-grounds', finalAnswer: 'Rien à reprocher.', channel: 'email' };
    const { items } = await slice.ok('Director', 'GET', '/registers/records?kind=mediator');
    await slice.ok('Director', 'POST', `/registers/records/${items[0].recordId}/end`, { on: '2026-06-02' });
    const refused = await slice.send('POST', `/api/v1/complaints/${id}/close`, answer, { as: 'President' });
    expect(refused.body).toMatchObject({ code: 'complaint-mediator-missing' });
    const mediator = { mediatorName: 'Médiation Exemple', mediatorContact: 'www.exemple.fr', from: '2026-06-02' };
    await slice.ok('Director', 'POST', '/registers/mediators', mediator);
    await slice.ok('President', 'POST', `/complaints/${id}/close`, answer);
  });

  it('name processors with contract and erasure path; nobody outside is a recipient unregistered [charter:4.2b]', async () => {
    const body = {
      processorName: 'Hébergeur Exemple',
      processorService: 'Sauvegardes chiffrées',
      contractOn: '2026-01-01',
      erasurePath: 'Rotation sous 31 jours.',
      from: '2026-01-01',
    };
    const none = await slice.send(
      'POST',
      '/api/v1/registers/processors',
      { ...body, contractOn: undefined },
      { as: 'Director' },
    );
    expect(none.status).toBe(422);
    await slice.ok('Director', 'POST', '/registers/processors', body);
    await slice.settled();
    expect((await slice.ok('Auditor', 'GET', '/registers/records?kind=processor')).items).toMatchObject([
      { standing: 'current', contractOn: '2026-01-01', texts: { processorName: { value: 'Hébergeur Exemple' } } },
    ]);
    expect((await slice.ok('Auditor', 'GET', '/registers/disclosures')).items).toEqual([]);
    const person = { membershipNumber: 'T-7', name: 'Ada Fictive', status: 'active', minor: false };
    const memberId = String((await slice.ok('SupportLead', 'POST', '/members', person)).id);
    const sentAt = slice.temoin.clock.now();
    const sent = { recipient: 'processor', recipientName: 'Hébergeur Exemple', ground: 'processor-contract', sentAt };
    const what = { contentSha256: 'c'.repeat(64), channel: 'online' };
    const at = `/api/v1/members/${memberId}/disclosures`;
    const refused = await slice.send('POST', at, { ...sent, ...what, recordId: 'other' }, { as: 'Director' });
    expect([refused.status, refused.body.code, refused.body.rule]).toEqual([
      409,
      'recipient-not-registered',
      'charter:4.2b',
    ]);
    const { recordId } = (await slice.ok('Auditor', 'GET', '/registers/records?kind=processor')).items[0];
    await slice.ok('Director', 'POST', `/members/${memberId}/disclosures`, { ...sent, ...what, recordId });
    await slice.settled();
    const { items } = await slice.ok('Auditor', 'GET', '/registers/disclosures');
    expect(items).toMatchObject([{ recipient: 'processor', memberId, ground: 'processor-contract', ...what }]);
    expect(JSON.stringify(items)).not.toContain('Hébergeur');
  });

  it('list every personal field that an event declares, in some activity (GDPR 30)', () => {
    const listed = new Set(processingRegister(12).entries.flatMap(({ events }) => events));
    const personal = bindings
      .flatMap(({ events }) => events)
      .filter(({ data }) => Object.values(data).some((field) => field.personal));
    expect(personal.length).toBeGreaterThan(40);
    expect(personal.map(({ type }) => type).filter((type) => !listed.has(type))).toEqual([]);
    expect(new Set(activities.map(({ code }) => code)).size).toBe(activities.length);
  });

  it('come as data and as a page to print, with the retention of the charter in force', async () => {
    const { entries } = await slice.ok('Auditor', 'GET', '/registers/processing');
    expect(entries.map((one: { code: string }) => one.code)).toContain('support');
    expect(entries[0].categories).toContain('problème signalé');
    const page = await slice.send('GET', '/api/v1/registers/processing?format=html', undefined, { as: 'Auditor' });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('12 mois après la fin de l’intervention');
    expect(page.text).toContain('60 mois après la clôture de l’incident');
  });
});
