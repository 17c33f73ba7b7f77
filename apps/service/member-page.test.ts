import type { CellId } from '#kernel/sealed.js';
import { linkIn, type MemberPage, openMemberPage, PUBLIC } from './member-page.fixture.js';
import { beginStory, consentBody, startBody } from './slice-story.js';

let page: MemberPage;
beforeEach(async () => {
  page = await openMemberPage();
});
afterEach(() => page.close());

describe('the link « ce n’est pas exact »', () => {
  it('leads from the letter to a page that tells what was recorded and nobody’s name, and changes nothing [charter:3.1b]', async () => {
    await page.post();
    const path = linkIn(page.receipt());
    const shown = await page.open(path);
    expect(shown.status).toBe(200);
    expect(shown.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    for (const words of ['J’ai sauvegardé mes données : oui', 'Je signale ce qui ne va pas dans les huit jours : non'])
      expect(shown.text).toContain(words);
    expect(shown.text).toContain('mardi 2 juin 2026');
    expect(shown.text).not.toMatch(/Fictive|Théo|T-42|06 39|<script/);
    await page.open(path);
    await page.slice.send('HEAD', path);
    expect((await page.consent()).contest).toBeUndefined();
  });

  it('is said once with its time and its way, keeps the session from starting, and is cleared up by a new consent [charter:3.1a]', async () => {
    await page.post();
    const path = linkIn(page.receipt());
    const said = await page.answer(path, `remark=${encodeURIComponent('Je n’ai pas de sauvegarde.')}`);
    expect(said.status).toBe(200);
    expect(said.text).toContain('C’est noté');
    expect((await page.answer(path, 'remark=Encore')).text).toContain('n’a pas été ajoutée');
    await page.slice.settled();
    expect(await page.consent()).toMatchObject({
      contest: 'open',
      contestedBy: 'link',
      contestStage: 'before',
      contestRemark: { state: 'present', value: 'Je n’ai pas de sauvegarde.' },
    });
    const stream = await page.slice.ok('Director', 'GET', `/streams/session-${page.story.sessionId}?purpose=dispute`);
    expect(stream.items.filter(({ type }: { type: string }) => type === 'ConsentContested')).toHaveLength(1);

    expect((await page.slice.ok('Director', 'GET', '/consents?contest=open')).items).toHaveLength(1);
    page.slice.moveTo('2026-06-02T08:01:00.000Z');
    const started = await page.slice.send(
      'POST',
      `/api/v1/sessions/${page.story.sessionId}/start`,
      startBody(page.story),
      {
        as: 'Technician',
      },
    );
    expect([started.status, started.body.code]).toEqual([409, 'consent-contested']);
    expect(started.body.next).toContain('Appelez-le');

    const queue = await page.slice.ok('SupportLead', 'GET', '/work');
    expect(queue.consentsContested).toMatchObject({ total: 1, items: [{ sessionId: page.story.sessionId }] });
    await page.write();
    await page.slice.settled();
    const { items } = await page.slice.ok('SupportLead', 'GET', '/reminders?role=SupportLead');
    expect(items[0]).toMatchObject({ process: 'consent-contested', settled: false });

    await page.slice.ok('Technician', 'POST', `/sessions/${page.story.sessionId}/consent`, consentBody(page.story));
    await page.slice.ok('Technician', 'POST', `/sessions/${page.story.sessionId}/start`, startBody(page.story));
    await page.slice.settled();
    expect((await page.slice.ok('SupportLead', 'GET', '/work')).consentsContested.total).toBe(0);
    expect((await page.open(path)).text).toContain('un autre accord a été noté');
    expect((await page.answer(path)).text).not.toContain('C’est noté');
  });

  it('pressed several times at once is said once', async () => {
    await page.post();
    const path = linkIn(page.receipt());
    const pages = await Promise.all([page.answer(path), page.answer(path), page.answer(path), page.answer(path)]);
    for (const { status, text } of pages) expect([status, text.includes('C’est noté')]).toEqual([200, true]);
    const { items } = await page.slice.ok(
      'Director',
      'GET',
      `/streams/session-${page.story.sessionId}?purpose=dispute`,
    );
    expect(items.filter(({ type }: { type: string }) => type === 'ConsentContested')).toHaveLength(1);
  });

  it('said while the session runs is on the technician’s board at once, and cleared up by the lead [charter:3.1a] [charter:3.1b]', async () => {
    await page.post();
    await beginStory(page.slice, page.story);
    expect((await page.answer(linkIn(page.receipt()))).text).toContain(
      'L’intervenant et le responsable en sont avertis',
    );
    await page.slice.settled();
    const { items } = await page.slice.ok('Technician', 'GET', '/board');
    expect(items[0].consentContestedAt).toBe('2026-06-02T08:01:00.000Z');
    await page.write();
    await page.slice.settled();
    const reminded = await page.slice.ok('Technician', 'GET', '/reminders?role=Technician');
    expect(reminded.items[0]).toMatchObject({ process: 'consent-contested' });
    const settle = { outcome: 'not-exact', note: 'Elle n’avait pas dit oui pour ce jour.' };
    await page.slice.ok('SupportLead', 'POST', `/sessions/${page.story.sessionId}/consent/contest/settle`, settle);
    await page.slice.settled();
    const { items: deviations } = await page.slice.ok(
      'Director',
      'GET',
      `/deviations?sessionId=${page.story.sessionId}`,
    );
    expect(deviations).toMatchObject([{ code: 'no-consent', detail: 'consent-not-exact', serious: true }]);
  });

  it('keeps the fact when the remark may not be kept, and says so [charter:5.1a]', async () => {
    await page.post();
    const said = await page.answer(
      linkIn(page.receipt()),
      `remark=${encodeURIComponent('mot de passe : Soleil1975!')}`,
    );
    expect(said.text).toContain('C’est noté');
    expect(said.text).toContain('Votre remarque n’a pas été gardée');
    await page.slice.settled();
    const recorded = await page.consent();
    expect(recorded.contest).toBe('open');
    expect(recorded).not.toHaveProperty('contestRemark');
    expect((await page.answer(linkIn(page.receipt()), `remark=${'a'.repeat(2001)}`)).text).toContain('trop longue');
  });

  it('works for as long as it says, then tells the telephone and the reference', async () => {
    await page.post({ publicUrl: PUBLIC, days: 3 });
    const path = linkIn(page.receipt());
    expect(page.receipt().text).toContain('jusqu’au vendredi 5 juin 2026');
    page.slice.moveTo('2026-06-05T21:59:00.000Z');
    expect((await page.open(path)).status).toBe(200);
    page.slice.moveTo('2026-06-05T22:00:00.000Z');
    const late = await page.open(path);
    expect(late.status).toBe(410);
    expect(late.text).toContain('Appelez-nous au 03 83 00 00 00');
    expect(late.text).toContain(page.receipt().reference);
    expect((await page.answer(path)).status).toBe(410);
    expect((await page.consent()).contest).toBeUndefined();
  });

  it('says that nothing is kept any more once it was erased [charter:4.3]', async () => {
    await page.post();
    const path = linkIn(page.receipt());
    const cell = `${page.story.memberId}/session:${page.story.sessionId}` as string as CellId;
    await page.slice.temoin.vault.destroy(cell, { destroyedAt: page.slice.temoin.clock.now(), proof: 'p1' });
    for (const shown of [await page.open(path), await page.answer(path, 'remark=Non')]) {
      expect(shown.status).toBe(410);
      expect(shown.text).toContain('nous n’en gardons plus rien');
      expect(shown.text).not.toContain('oui');
    }
  });
});
