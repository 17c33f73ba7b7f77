import { createHash } from 'node:crypto';
import type { Role } from '#domain/shared/facts.js';
import { openSlice, type Slice } from './slice.js';
import { prepareStory, publishCharter, tellStory } from './slice-story.js';

let slice: Slice;
beforeEach(async () => {
  slice = await openSlice();
});
afterEach(() => slice.close());
const print = async (path: string, as: Role = 'Technician') => {
  await slice.settled();
  return slice.ok(as, 'GET', path);
};
const STATEMENTS = [
  'J’ai fait une sauvegarde de ce qui m’importe',
  'J’autorise un bénévole à prendre la main sur mon ordinateur',
  'Je sais que l’association s’engage sur les moyens seulement',
  'Je ne contesterai pas la qualité de l’aide passé 8 jours',
];
const BLANK_ONES = ['/papers/consent-form', '/papers/oral-script', '/papers/technician-undertaking'];

describe('every paper', () => {
  it('prints its model, its version and the digest of all that stands above, as page and as text [charter:10.2]', async () => {
    await tellStory(slice);
    for (const path of [...BLANK_ONES, '/papers/annual-statistics']) {
      const one = await print(path, 'Director');
      const above = `${String(one.text).trimEnd().split('\n').slice(0, -1).join('\n').trimEnd()}\n`;
      expect(createHash('sha256').update(above, 'utf8').digest('hex')).toBe(one.sha256);
      expect(one.text).toContain(`Modèle ${one.paper}.${one.version}.`);
      expect(one.html).toContain(one.sha256);
      expect(one.html).toContain('<!doctype html>');
      const page = await slice.send('GET', `/api/v1${path}?format=html`, undefined, { as: 'Director' });
      expect(page.headers['content-type']).toContain('text/html');
      const plain = await slice.send('GET', `/api/v1${path}?format=text`, undefined, { as: 'Director' });
      expect([plain.headers['content-type'], plain.text.includes('<')]).toEqual([
        expect.stringContaining('text/plain'),
        false,
      ]);
    }
  });

  it('that is blank holds nothing of anybody, and is there for every colleague', async () => {
    await tellStory(slice);
    for (const path of BLANK_ONES) {
      const { text, html } = await print(path, 'Auditor');
      for (const words of ['Ève', 'T-42', 'Théo', '06 39']) expect(text + html).not.toContain(words);
      expect(text).toContain('______');
      expect((await slice.send('GET', `/api/v1${path}`, undefined, { as: 'Integrator' })).status).toBe(403);
    }
  });

  it('that quotes a charter is not there before one is in force', async () => {
    for (const path of BLANK_ONES)
      expect((await slice.send('GET', `/api/v1${path}`, undefined, { as: 'Director' })).status).toBe(404);
  });
});

describe('the consent form', () => {
  it('asks the charter’s own four statements, with no box ticked [charter:F.0] [charter:F.1] [charter:F.2] [charter:F.3] [charter:F.4]', async () => {
    const charterVersionId = await publishCharter(slice);
    slice.moveTo('2026-06-02T07:30:00.000Z');
    const { text, charterVersionId: quoted } = await print('/papers/consent-form');
    expect(quoted).toBe(charterVersionId);
    for (const words of STATEMENTS) expect(text).toContain(`- ☐ ${words}\n`.trimEnd());
    expect(text).not.toMatch(/☑|☒|\[x\]/i);
    expect(text).toContain('Faites une copie de ce qui compte');
    expect(text).toContain('une réclamation plus tardive est reçue et examinée');
    expect(text).toContain('12 mois');
  });

  it('is filled in for an appointment, for a purpose, and recorded; never ticked [charter:F.0] [charter:4.2a]', async () => {
    const { sessionId, memberId } = await prepareStory(slice, await publishCharter(slice));
    const path = `/sessions/${sessionId}/consent-form`;
    expect((await slice.send('GET', `/api/v1${path}`, undefined, { as: 'Technician' })).status).toBe(400);
    const { text } = await print(`${path}?purpose=support`);
    expect(text).toContain('N° d’adhésion : T-42');
    expect(text).toContain('Je, soussigné(e) Ève Fictive, déclare');
    expect(text).toContain('du mardi 2 juin 2026, 10 h au mardi 2 juin 2026, 11 h');
    expect(text).toContain(`- ☐ ${STATEMENTS[1]}`);
    await slice.settled();
    const { items } = await slice.ok('Director', 'GET', `/accesses?memberId=${memberId}`);
    expect(items).toEqual([expect.objectContaining({ what: 'consent', purpose: 'support', sessionId })]);
    expect(
      (
        await slice.send('GET', '/api/v1/sessions/nothing/consent-form?purpose=support', undefined, {
          as: 'Technician',
        })
      ).status,
    ).toBe(404);
  });
});

describe('the script of a consent by word of mouth', () => {
  it('has the number called, who is spoken to, and the four questions; its reference may be recorded [charter:3.1b]', async () => {
    const story = await prepareStory(slice, await publishCharter(slice));
    const { text } = await print('/papers/oral-script');
    expect(text).toContain('Numéro appelé : ____');
    for (const check of ['numéro d’adhésion', 'rappel au numéro connu', 'voix connue'])
      expect(text).toContain(`☐ ${check}`);
    for (const words of STATEMENTS) expect(text).toContain(`« ${words} » Est-ce vrai ?   ☐ oui   ☐ non`);
    expect(text).toContain('L’appel n’est pas enregistré');
    const [, scriptVersion] = /texte « (.+) »/.exec(text) ?? [];
    const { charterVersionId } = story;
    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/consent`, {
      ...{ charterVersionId, mode: 'oral', readAndAccepted: true, signatureMethod: 'oral-attestation', scriptVersion },
      ...{
        statements: { backup: true, authorise: true, bestEfforts: true, eightDays: true },
        signerName: 'Ève Fictive',
      },
      ...{ identityCheck: 'known-voice', calledNumber: '06 39 98 12 34', confirmationChannel: 'post' },
    });
  });
});

describe('the undertaking of a technician', () => {
  it('quotes the charter and says that it is renewed [charter:5.2]', async () => {
    await publishCharter(slice);
    slice.moveTo('2026-06-02T07:30:00.000Z');
    const { text } = await print('/papers/technician-undertaking');
    expect(text).toContain('Article 5.2');
    expect(text).toContain('renouvelé chaque année');
  });
});

describe('the statistics of a year', () => {
  it('show small counts to the Director and hide them from others, with no way back to a person', async () => {
    await tellStory(slice);
    const [director, lead] = [
      await print('/papers/annual-statistics?year=2026', 'Director'),
      await print('/papers/annual-statistics?year=2026', 'SupportLead'),
    ];
    expect(director.text).toMatch(/3\.1a\. .*appliquée : 1 ; respectée : 1/);
    expect(director.text).toContain('Exemplaire du Directeur');
    expect(lead.text).toMatch(/3\.1a\. .*appliquée : non montré/);
    expect(lead.text).not.toMatch(/: [12] ;/);
    for (const { text } of [director, lead]) expect(text).not.toMatch(/Ève|Théo|T-42/);
    expect((await print('/papers/annual-statistics?year=2025', 'Director')).text).toContain(
      'Aucune règle n’a été appliquée',
    );
    expect((await slice.send('GET', '/api/v1/papers/annual-statistics', undefined, { as: 'Technician' })).status).toBe(
      403,
    );
  });
});
