import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { smtpMailer } from '#adapters/mailer-smtp/mailer-smtp.js';
import { letterPost } from '#application/letters/post-letters.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { CellId } from '#kernel/sealed.js';
import { type Mail, MailError, type Mailer } from '#ports/mailer/mailer.js';
import { openTestMailServer, type TestMailServer } from './mail-server.fixture.js';
import { openSlice, type Slice } from './slice.js';
import { type Story, tellStory } from './slice-story.js';

const time = frenchCivilTime();
let slice: Slice;
let story: Story;
const write = () => dueRunner({ temoin: slice.temoin, time, onAlarm: () => undefined })();
const post = (mailer: Mailer | undefined) => letterPost({ temoin: slice.temoin, time, mailer });
const list = async (query = '') => {
  await slice.settled();
  return (await slice.ok('SupportLead', 'GET', `/letters?limit=200${query}`)).items as {
    readonly letterId: string;
    readonly template: string;
    readonly standing: string;
    readonly undelivered?: { readonly reason: string };
  }[];
};
const letterOf = async (template: string) => {
  const found = (await list(`&template=${template}`))[0];
  if (found === undefined) throw new Error(`no ${template}`);
  return found;
};
const giveAddress = async (email: string) => {
  const { revision } = await slice.ok('SupportLead', 'GET', `/members/${story.memberId}?purpose=quality`);
  const corrected = await slice.send(
    'POST',
    `/api/v1/members/${story.memberId}/identity`,
    { email, reason: 'change-of-situation' },
    { as: 'SupportLead', headers: { 'if-match': `"${revision}"` } },
  );
  expect([corrected.status, corrected.body?.errors]).toEqual([200, undefined]);
  await slice.settled();
};
/** A mail system that answers what it is told to. */
const answering = (...answers: readonly ('taken' | MailError)[]): Mailer & { readonly mails: Mail[] } => {
  const left = [...answers];
  const mails: Mail[] = [];
  return {
    mails,
    async send(mail) {
      mails.push(mail);
      const answer = left.shift() ?? 'taken';
      if (answer !== 'taken') throw answer;
    },
    close: async () => undefined,
  };
};

beforeEach(async () => {
  slice = await openSlice();
  story = await tellStory(slice);
  await write();
});
afterEach(() => slice.close());

describe('letters', () => {
  it('without a mail server wait, are read and printed, and printing is equal [charter:3.1b]', async () => {
    expect(await post(undefined).post()).toEqual({ sent: 0, delayed: 0, toPrint: 0 });
    const { letterId } = await letterOf('consent-receipt');
    const page = await slice.send('GET', `/api/v1/letters/${letterId}?purpose=quality&format=html`, undefined, {
      as: 'SupportLead',
    });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('Ève Fictive');
    expect(page.text).toContain('J’ai sauvegardé mes données\u00a0: oui');
    await slice.ok('SupportLead', 'POST', `/letters/${letterId}/printed`, { handedOver: 'post' });
    expect((await letterOf('consent-receipt')).standing).toBe('printed');
    const { items } = await slice.ok('Director', 'GET', '/accesses');
    expect(items.some((one: { memberId: string }) => one.memberId === story.memberId)).toBe(true);
  });

  it('to a member without an address are to be printed', async () => {
    const mailer = answering();
    expect(await post(mailer).post()).toMatchObject({ sent: 0, toPrint: 2 });
    expect(mailer.mails).toEqual([]);
    expect((await list()).map(({ undelivered }) => undelivered?.reason)).toEqual(['no-address', 'no-address']);
  });

  it('leave once: over SMTP, with a subject that says neither who nor what', async () => {
    await giveAddress('eve@exemple.test');
    const server: TestMailServer = await openTestMailServer();
    try {
      const mailer = smtpMailer({ host: '127.0.0.1', port: server.port, tls: 'none', from: 'aide@exemple.test' });
      expect(await post(mailer).post()).toMatchObject({ sent: 2 });
      expect(await post(mailer).post()).toMatchObject({ sent: 0 });
      expect(server.taken).toHaveLength(2);
      for (const { raw, to } of server.taken) {
        expect(to).toEqual(['eve@exemple.test']);
        const headers = raw.slice(0, raw.indexOf('\r\n\r\n'));
        expect(decodeURIComponent(headers)).not.toMatch(/Fictive|imprimante|consentement/i);
      }
      expect((await list()).map(({ standing }) => standing)).toEqual(['sent', 'sent']);
    } finally {
      await server.close();
    }
  });

  it('are tried again with longer and longer waits, and printed in the end', async () => {
    await giveAddress('eve@exemple.test');
    const busy = () => new MailError('temporary', 'smtp-451');
    const mailer = answering(...Array.from({ length: 40 }, busy));
    const out = post(mailer);
    expect(await out.post()).toMatchObject({ delayed: 2 });
    expect(await out.post()).toMatchObject({ delayed: 0 });
    slice.moveTo('2026-06-02T08:02:30.000Z');
    expect(await out.post()).toMatchObject({ delayed: 2 });
    for (let day = 3; day < 12; day += 1) {
      slice.moveTo(`2026-06-${String(day).padStart(2, '0')}T08:00:00.000Z`);
      await out.post();
    }
    expect(mailer.mails).toHaveLength(16);
    expect((await list()).map(({ undelivered }) => undelivered?.reason)).toEqual(['gave-up', 'gave-up']);
  });

  it('whose outcome nobody knows are printed rather than sent twice', async () => {
    await giveAddress('eve@exemple.test');
    const [first] = await list();
    // as a crash leaves it: begun, and nothing after
    await slice.temoin.execute({
      commandId: slice.temoin.ids.freshCommandId(),
      actor: 'system',
      actorRoles: [],
      stream: `letter-${first?.letterId}`,
      command: { type: 'BeginSending', letterId: first?.letterId } as { readonly type: string },
    });
    const mailer = answering(new MailError('unknown-outcome', 'econnection'));
    expect(await post(mailer).post()).toMatchObject({ sent: 0, toPrint: 2 });
    expect(await post(mailer).post()).toMatchObject({ sent: 0, toPrint: 0 });
    expect(mailer.mails).toHaveLength(1);
    expect((await list()).map(({ undelivered }) => undelivered?.reason)).toEqual([
      'unknown-outcome',
      'unknown-outcome',
    ]);
  });

  it('that came back are noted, printed, or sent again to a corrected address', async () => {
    await giveAddress('eve@exemple.test');
    const mailer = answering();
    await post(mailer).post();
    const { letterId } = await letterOf('preparation');
    await slice.ok('SupportLead', 'POST', `/letters/${letterId}/bounce`);
    expect((await letterOf('preparation')).undelivered).toMatchObject({ reason: 'returned' });
    await giveAddress('eve.fictive@exemple.test');
    await slice.ok('SupportLead', 'POST', `/letters/${letterId}/send-again`);
    await slice.settled();
    await post(mailer).post();
    expect(mailer.mails.at(-1)).toMatchObject({ to: 'eve.fictive@exemple.test', reference: letterId });
    expect((await letterOf('preparation')).standing).toBe('sent');
  });

  it('die with what they are about: erased before they left, they never leave [charter:4.3]', async () => {
    await giveAddress('eve@exemple.test');
    const cell = `${story.memberId}/session:${story.sessionId}` as string as CellId;
    await slice.temoin.vault.destroy(cell, { destroyedAt: slice.temoin.clock.now(), proof: 'p1' });
    const mailer = answering();
    const out = post(mailer);
    await out.post();
    expect(mailer.mails).toHaveLength(1);
    expect((await letterOf('consent-receipt')).standing).toBe('abandoned');
    expect(await out.count([cell])).toBe(0);
  });

  it('are the processes’ to send: a person cannot say that one was sent', async () => {
    const { letterId } = await letterOf('preparation');
    const outcome = await slice.temoin.execute({
      commandId: slice.temoin.ids.freshCommandId(),
      actor: 'a1',
      actorRoles: ['Director'],
      stream: `letter-${letterId}`,
      command: { type: 'RecordSent', letterId, attempt: 1 } as { readonly type: string },
    });
    expect(outcome).toMatchObject({ outcome: 'refused', refusal: { code: 'letter-is-machine-work' } });
  });
});
