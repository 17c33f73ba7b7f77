import { logAnswer, openLog } from './log.js';
import { FORM, linkIn, type MemberPage, openMemberPage } from './member-page.fixture.js';

let page: MemberPage;
beforeEach(async () => {
  page = await openMemberPage();
});
afterEach(() => page.close());

describe('the page behind the link « ce n’est pas exact »', () => {
  it('is unknown unless it is whole, and slows whoever tries, not whoever holds a good one', async () => {
    await page.post();
    const path = linkIn(page.receipt());
    expect((await page.open(`${path.slice(0, -1)}`)).status).toBe(404);
    expect((await page.open('/m/%00')).status).toBe(404);
    // side by side: what is counted is counted by the minute
    const tried = async (address: string, times: number) => {
      const answers = await Promise.all(Array.from({ length: times }, () => page.open(address)));
      return new Set(answers.map(({ status }) => status));
    };
    expect(await tried(`/m/${'A'.repeat(43)}`, 62)).toEqual(new Set([404, 429]));
    expect((await page.open(path)).status).toBe(200);
    expect(await tried(path, 40)).toEqual(new Set([200, 429]));
  });

  it('is shown anew after an answer, so that loading it again sends nothing; the link is in no header [charter:3.1b]', async () => {
    await page.post();
    const path = linkIn(page.receipt());
    const said = await page.slice.send('POST', path, 'remark=Non', { headers: FORM });
    expect([said.status, said.headers.location, said.text]).toEqual([303, '?remarque=ok', '']);
    expect(JSON.stringify(said.headers)).not.toContain(path.slice(3));
    expect(said.headers['cache-control']).toBe('no-store');
    for (const query of ['?remarque=ok', '', '?remarque=constructor', '?remarque=ok&remarque=too-long']) {
      const shown = await page.open(`${path}${query}`);
      expect([shown.status, shown.text.includes('C’est noté')]).toEqual([200, true]);
      expect(shown.text).not.toContain('Votre remarque');
    }
  });

  it('opens with the sign that a mail program took for its end, and answers in French where it is cut off', async () => {
    await page.post();
    const path = linkIn(page.receipt());
    for (const end of ['.', ')', '%3E', '/', '?utm_source=x'])
      expect((await page.open(`${path}${end}`)).status).toBe(200);
    for (const cut of ['/m', '/m/', '/m//', `${path.slice(0, 20)}`, `${path}x`]) {
      const shown = await page.open(cut);
      expect([cut, shown.status, shown.text.includes('Ce lien n’est pas reconnu')]).toEqual([cut, 404, true]);
    }
  });

  it('is the same page, with the same headers, for what the router cannot read: much too long, badly escaped', async () => {
    const known = await page.slice.send('GET', '/m/none');
    for (const method of ['GET', 'POST'])
      for (const path of [
        `/m/${'a'.repeat(201)}`,
        `/m/${'a'.repeat(5000)}/`,
        '/m/%',
        '/m/%zz?x=1',
        `/m/${'%C3%A9'.repeat(300)}`,
      ]) {
        const shown = await page.slice.send(method, path, method === 'POST' ? 'remark=' : undefined, { headers: FORM });
        expect([path, shown.status, shown.text]).toEqual([path, 404, known.text]);
        for (const name of Object.keys(known.headers).filter(
          (one) => !/^(date|x-correlation-id|connection|keep-alive)$/.test(one),
        ))
          expect([name, shown.headers[name]]).toEqual([name, known.headers[name]]);
      }
    const api = await page.slice.send('GET', `/api/v1/staff/${'m'.repeat(300)}`);
    expect([api.status, api.headers['content-type']]).toEqual([414, expect.stringContaining('problem+json')]);
  });

  it('can be read and used by everybody: one language, one title, names for fields, a number to touch', async () => {
    await page.post();
    const { text } = await page.slice.send('GET', linkIn(page.receipt()));
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
    await page.post();
    const json = await page.slice.send('POST', linkIn(page.receipt()), { remark: 'x' });
    expect(json.status).toBe(415);
    expect(json.text).toContain('lang="fr"');
    expect((await page.slice.send('PUT', linkIn(page.receipt()))).status).toBe(404);
  });

  it('stands in no event, no log, no figure and no trace: the token is in the mail alone', async () => {
    await page.post();
    const path = linkIn(page.receipt());
    await page.open(path);
    await page.answer(path);
    const token = path.slice('/m/'.length);
    expect(token).toHaveLength(43);
    for await (const stored of page.slice.temoin.eventStore.readAll({}))
      expect(Buffer.from(stored.data).toString('utf8')).not.toContain(token);
    expect(JSON.stringify(page.answered)).not.toContain(token);
    const lines: string[] = [];
    const log = openLog('debug', { write: (line: string) => void lines.push(line) });
    for (const one of page.answered) logAnswer(log)(one);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('')).not.toContain(token);
    await page.traces.close();
    const spans = page.collector.spans.filter(({ name }) => name.endsWith(' /m/:token'));
    expect(spans.map(({ name, attributes }) => [name, attributes['http.route']])).toEqual([
      ['GET /m/:token', '/m/:token'],
      ['POST /m/:token', '/m/:token'],
      ['GET /m/:token', '/m/:token'],
    ]);
    expect(page.collector.bytes().toString('utf8')).not.toContain(token);
    expect(page.answered.filter(({ route }) => route === '/m/:token')).toHaveLength(3);
    for (const { subject } of page.mails) expect(subject).not.toContain(token);
  });

  it('is in no letter where no public address is set up, nor in one to print: the telephone and the reference are', async () => {
    await page.post('none');
    const { text, reference } = page.receipt();
    expect(text).toContain('au téléphone au 03 83 00 00 00');
    expect(text).toContain(reference);
    expect(text).not.toContain('/m/');
    const printed = await page.slice.ok('SupportLead', 'GET', `/letters/${reference}?purpose=quality`);
    expect(printed.html).toContain('au téléphone au 03 83 00 00 00');
    expect(printed.html).not.toContain('/m/');
  });
});
