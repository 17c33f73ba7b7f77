import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { type OpenTracer, openTracer } from '#adapters/tracer-opentelemetry/tracer-opentelemetry.js';
import { letterPost } from '#application/letters/post-letters.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { CellId } from '#kernel/sealed.js';
import type { AnsweredRequest } from '#nest-shell/service-parts.js';
import type { Mail } from '#ports/mailer/mailer.js';
import { type OtlpReceiver, openOtlpReceiver } from '#testing/otlp-receiver.js';
import { logAnswer, openLog } from './log.js';
import { openSlice, type Slice, type SliceAnswer } from './slice.js';
import { beginStory, consentBody, prepareStory, publishCharter, type Story, startBody } from './slice-story.js';

const time = frenchCivilTime();
const PUBLIC = 'https://appui.exemple.test';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
let slice: Slice;
let story: Story;
let answered: AnsweredRequest[];
let collector: OtlpReceiver;
let traces: OpenTracer;
let mails: Mail[];

const write = () => dueRunner({ temoin: slice.temoin, time, onAlarm: () => undefined })();
/** Gives what waits to a mail system that takes everything. */
async function post(links: { publicUrl: string; days: number } | 'none' = { publicUrl: PUBLIC, days: 30 }) {
  const mailer = { send: async (mail: Mail) => void mails.push(mail), close: async () => undefined };
  await letterPost({
    temoin: slice.temoin,
    time,
    mailer,
    links: links === 'none' ? undefined : links,
    phone: '03 83 00 00 00',
  }).post();
  await slice.settled();
}
const receipt = () => mails.find(({ text }) => text.includes('Reçu de votre consentement')) as Mail;
const linkIn = (mail: Mail): string => /https:\/\/appui\.exemple\.test(\/m\/[A-Za-z0-9_-]+)/.exec(mail.text)?.[1] ?? '';
/** As it is read: without what holds words together or makes them bold. */
const read = async (page: Promise<SliceAnswer>): Promise<SliceAnswer> => {
  const got = await page;
  return { ...got, text: got.text.replaceAll('\u00a0', ' ').replace(/<\/?(strong|a)[^>]*>/g, '') };
};
const open = (path: string) => read(slice.send('GET', path));
/** What is shown in the end: a browser follows. */
const answer = async (path: string, form = '') => {
  const page = await read(slice.send('POST', path, form, { headers: FORM }));
  return page.status === 303 ? open(`${path}${page.headers.location}`) : page;
};
const consent = async () => slice.ok('Director', 'GET', `/consents/${story.sessionId}?purpose=dispute`);

beforeEach(async () => {
  answered = [];
  mails = [];
  collector = await openOtlpReceiver();
  traces = openTracer({
    url: collector.url,
    serviceName: 'temoin',
    onLost: () => undefined,
    onDelivered: () => undefined,
  });
  const { tracer } = traces;
  slice = await openSlice({ phone: '03 83 00 00 00', onAnswer: (one) => answered.push(one), tracer });
  story = await prepareStory(slice, await publishCharter(slice));
  const { revision } = await slice.ok('SupportLead', 'GET', `/members/${story.memberId}?purpose=quality`);
  const identity = `/api/v1/members/${story.memberId}/identity`;
  const body = { email: 'eve@exemple.test', reason: 'change-of-situation' };
  await slice.send('POST', identity, body, { as: 'SupportLead', headers: { 'if-match': `"${revision}"` } });
  await slice.settled();
  await write();
});
afterEach(async () => {
  expect(slice.faults).toEqual([]);
  await slice.close();
  await traces.close();
  await collector.close();
});

describe('the link « ce n’est pas exact »', () => {
  it('leads from the letter to a page that tells what was recorded and nobody’s name, and changes nothing [charter:3.1b]', async () => {
    await post();
    const path = linkIn(receipt());
    const page = await open(path);
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    for (const words of ['J’ai sauvegardé mes données : oui', 'Je signale ce qui ne va pas dans les huit jours : non'])
      expect(page.text).toContain(words);
    expect(page.text).toContain('mardi 2 juin 2026');
    expect(page.text).not.toMatch(/Fictive|Théo|T-42|06 39|<script/);
    await open(path);
    await slice.send('HEAD', path);
    expect((await consent()).contest).toBeUndefined();
  });

  it('is said once with its time and its way, keeps the session from starting, and is cleared up by a new consent [charter:3.1a]', async () => {
    await post();
    const path = linkIn(receipt());
    const said = await answer(path, `remark=${encodeURIComponent('Je n’ai pas de sauvegarde.')}`);
    expect(said.status).toBe(200);
    expect(said.text).toContain('C’est noté');
    expect((await answer(path, 'remark=Encore')).text).toContain('n’a pas été ajoutée');
    await slice.settled();
    expect(await consent()).toMatchObject({
      contest: 'open',
      contestedBy: 'link',
      contestStage: 'before',
      contestRemark: { state: 'present', value: 'Je n’ai pas de sauvegarde.' },
    });
    const stream = await slice.ok('Director', 'GET', `/streams/session-${story.sessionId}?purpose=dispute`);
    expect(stream.items.filter(({ type }: { type: string }) => type === 'ConsentContested')).toHaveLength(1);

    expect((await slice.ok('Director', 'GET', '/consents?contest=open')).items).toHaveLength(1);
    slice.moveTo('2026-06-02T08:01:00.000Z');
    const started = await slice.send('POST', `/api/v1/sessions/${story.sessionId}/start`, startBody(story), {
      as: 'Technician',
    });
    expect([started.status, started.body.code]).toEqual([409, 'consent-contested']);
    expect(started.body.next).toContain('Appelez-le');

    const queue = await slice.ok('SupportLead', 'GET', '/work');
    expect(queue.consentsContested).toMatchObject({ total: 1, items: [{ sessionId: story.sessionId }] });
    await write();
    await slice.settled();
    const { items } = await slice.ok('SupportLead', 'GET', '/reminders?role=SupportLead');
    expect(items[0]).toMatchObject({ process: 'consent-contested', settled: false });

    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/consent`, consentBody(story));
    await slice.ok('Technician', 'POST', `/sessions/${story.sessionId}/start`, startBody(story));
    await slice.settled();
    expect((await slice.ok('SupportLead', 'GET', '/work')).consentsContested.total).toBe(0);
    expect((await open(path)).text).toContain('un autre accord a été noté');
    expect((await answer(path)).text).not.toContain('C’est noté');
  });

  it('pressed several times at once is said once', async () => {
    await post();
    const path = linkIn(receipt());
    const pages = await Promise.all([answer(path), answer(path), answer(path), answer(path)]);
    for (const { status, text } of pages) expect([status, text.includes('C’est noté')]).toEqual([200, true]);
    const { items } = await slice.ok('Director', 'GET', `/streams/session-${story.sessionId}?purpose=dispute`);
    expect(items.filter(({ type }: { type: string }) => type === 'ConsentContested')).toHaveLength(1);
  });

  it('said while the session runs is on the technician’s board at once, and cleared up by the lead [charter:3.1a] [charter:3.1b]', async () => {
    await post();
    await beginStory(slice, story);
    expect((await answer(linkIn(receipt()))).text).toContain('L’intervenant et le responsable en sont avertis');
    await slice.settled();
    const { items } = await slice.ok('Technician', 'GET', '/board');
    expect(items[0].consentContestedAt).toBe('2026-06-02T08:01:00.000Z');
    await write();
    await slice.settled();
    const reminded = await slice.ok('Technician', 'GET', '/reminders?role=Technician');
    expect(reminded.items[0]).toMatchObject({ process: 'consent-contested' });
    const settle = { outcome: 'not-exact', note: 'Elle n’avait pas dit oui pour ce jour.' };
    await slice.ok('SupportLead', 'POST', `/sessions/${story.sessionId}/consent/contest/settle`, settle);
    await slice.settled();
    const { items: deviations } = await slice.ok('Director', 'GET', `/deviations?sessionId=${story.sessionId}`);
    expect(deviations).toMatchObject([{ code: 'no-consent', detail: 'consent-not-exact', serious: true }]);
  });

  it('keeps the fact when the remark may not be kept, and says so [charter:5.1a]', async () => {
    await post();
    const said = await answer(linkIn(receipt()), `remark=${encodeURIComponent('mot de passe : Soleil1975!')}`);
    expect(said.text).toContain('C’est noté');
    expect(said.text).toContain('Votre remarque n’a pas été gardée');
    await slice.settled();
    const recorded = await consent();
    expect(recorded.contest).toBe('open');
    expect(recorded).not.toHaveProperty('contestRemark');
    expect((await answer(linkIn(receipt()), `remark=${'a'.repeat(2001)}`)).text).toContain('trop longue');
  });

  it('works for as long as it says, then tells the telephone and the reference', async () => {
    await post({ publicUrl: PUBLIC, days: 3 });
    const path = linkIn(receipt());
    expect(receipt().text).toContain('jusqu’au vendredi 5 juin 2026');
    slice.moveTo('2026-06-05T21:59:00.000Z');
    expect((await open(path)).status).toBe(200);
    slice.moveTo('2026-06-05T22:00:00.000Z');
    const late = await open(path);
    expect(late.status).toBe(410);
    expect(late.text).toContain('Appelez-nous au 03 83 00 00 00');
    expect(late.text).toContain(receipt().reference);
    expect((await answer(path)).status).toBe(410);
    expect((await consent()).contest).toBeUndefined();
  });

  it('says that nothing is kept any more once it was erased [charter:4.3]', async () => {
    await post();
    const path = linkIn(receipt());
    const cell = `${story.memberId}/session:${story.sessionId}` as string as CellId;
    await slice.temoin.vault.destroy(cell, { destroyedAt: slice.temoin.clock.now(), proof: 'p1' });
    for (const page of [await open(path), await answer(path, 'remark=Non')]) {
      expect(page.status).toBe(410);
      expect(page.text).toContain('nous n’en gardons plus rien');
      expect(page.text).not.toContain('oui');
    }
  });

  it('is unknown unless it is whole, and slows whoever tries, not whoever holds a good one', async () => {
    await post();
    const path = linkIn(receipt());
    expect((await open(`${path.slice(0, -1)}`)).status).toBe(404);
    expect((await open('/m/%00')).status).toBe(404);
    let last = 0;
    for (let tried = 0; tried < 62; tried += 1) last = (await open(`/m/${'A'.repeat(43)}`)).status;
    expect(last).toBe(429);
    expect((await open(path)).status).toBe(200);
    for (let tried = 0; tried < 40; tried += 1) last = (await open(path)).status;
    expect(last).toBe(429);
  });

  it('is shown anew after an answer, so that loading it again sends nothing; the link is in no header [charter:3.1b]', async () => {
    await post();
    const path = linkIn(receipt());
    const said = await slice.send('POST', path, 'remark=Non', { headers: FORM });
    expect([said.status, said.headers.location, said.text]).toEqual([303, '?remarque=ok', '']);
    expect(JSON.stringify(said.headers)).not.toContain(path.slice(3));
    expect(said.headers['cache-control']).toBe('no-store');
    for (const query of ['?remarque=ok', '', '?remarque=constructor', '?remarque=ok&remarque=too-long']) {
      const page = await open(`${path}${query}`);
      expect([page.status, page.text.includes('C’est noté')]).toEqual([200, true]);
      expect(page.text).not.toContain('Votre remarque');
    }
  });

  it('opens with the sign that a mail program took for its end, and answers in French where it is cut off', async () => {
    await post();
    const path = linkIn(receipt());
    for (const end of ['.', ')', '%3E', '/', '?utm_source=x']) expect((await open(`${path}${end}`)).status).toBe(200);
    for (const cut of ['/m', '/m/', '/m//', `${path.slice(0, 20)}`, `${path}x`]) {
      const page = await open(cut);
      expect([cut, page.status, page.text.includes('Ce lien n’est pas reconnu')]).toEqual([cut, 404, true]);
    }
  });

  it('can be read and used by everybody: one language, one title, names for fields, a number to touch', async () => {
    await post();
    const { text } = await slice.send('GET', linkIn(receipt()));
    for (const part of [
      '<html lang="fr">',
      'width=device-width, initial-scale=1">',
      '<label for="remark">',
      'aria-describedby="remark-hint"',
      '<a class="whole" href="tel:0383000000">03 83 00 00 00</a>',
      '<strong>non</strong>',
    ])
      expect(text).toContain(part);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).not.toMatch(/<script|https?:|maximum-scale|tabindex|outline:\s*(0|none)/);
    expect(text).not.toMatch(/ [:;?!»]</);
  });

  it('takes a form and nothing else, and answers in French', async () => {
    await post();
    const json = await slice.send('POST', linkIn(receipt()), { remark: 'x' });
    expect(json.status).toBe(415);
    expect(json.text).toContain('lang="fr"');
    expect((await slice.send('PUT', linkIn(receipt()))).status).toBe(404);
  });

  it('stands in no event, no log, no figure and no trace: the token is in the mail alone', async () => {
    await post();
    const path = linkIn(receipt());
    await open(path);
    await answer(path);
    const token = path.slice('/m/'.length);
    expect(token).toHaveLength(43);
    for await (const stored of slice.temoin.eventStore.readAll({}))
      expect(Buffer.from(stored.data).toString('utf8')).not.toContain(token);
    expect(JSON.stringify(answered)).not.toContain(token);
    const lines: string[] = [];
    const log = openLog('debug', { write: (line: string) => void lines.push(line) });
    for (const one of answered) logAnswer(log)(one);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('')).not.toContain(token);
    await traces.close();
    const spans = collector.spans.filter(({ name }) => name.endsWith(' /m/:token'));
    expect(spans.map(({ name, attributes }) => [name, attributes['http.route']])).toEqual([
      ['GET /m/:token', '/m/:token'],
      ['POST /m/:token', '/m/:token'],
      ['GET /m/:token', '/m/:token'],
    ]);
    expect(collector.bytes().toString('utf8')).not.toContain(token);
    expect(answered.filter(({ route }) => route === '/m/:token')).toHaveLength(3);
    for (const { subject } of mails) expect(subject).not.toContain(token);
  });

  it('is in no letter where no public address is set up, nor in one to print: the telephone and the reference are', async () => {
    await post('none');
    const { text, reference } = receipt();
    expect(text).toContain('au téléphone au 03 83 00 00 00');
    expect(text).toContain(reference);
    expect(text).not.toContain('/m/');
    const printed = await slice.ok('SupportLead', 'GET', `/letters/${reference}?purpose=quality`);
    expect(printed.html).toContain('au téléphone au 03 83 00 00 00');
    expect(printed.html).not.toContain('/m/');
  });
});
