import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Mail } from '#ports/mailer/mailer.js';
import { smtpMailer } from './mailer-smtp.js';

const mail: Mail = {
  to: 'eve@exemple.test',
  subject: 'Message de votre association (référence l1)',
  text: 'Bonjour Ève,\n\nà bientôt.',
  html: '<p>Bonjour Ève, à bientôt.</p>',
  reference: 'l1',
};

interface Taken {
  readonly raw: string;
  readonly to: readonly string[];
  readonly user: string | undefined;
}

type Behaviour = 'takes' | 'refuses-recipient' | 'busy' | 'hangs-up' | 'wrong-password';
let behaviour: Behaviour = 'takes';
const taken: Taken[] = [];
const failing = (responseCode: number) => Object.assign(new Error('answer'), { responseCode });
const server = new SMTPServer({
  authOptional: true,
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  onAuth: ({ username }, _session, done) =>
    behaviour === 'wrong-password' ? done(failing(535)) : done(null, { user: String(username) }),
  onRcptTo: (_address, _session, done) => done(behaviour === 'refuses-recipient' ? failing(550) : null),
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      if (behaviour === 'busy') return done(failing(451));
      taken.push({
        raw: Buffer.concat(chunks).toString('utf8'),
        to: session.envelope.rcptTo.map(({ address }) => address),
        user: session.user === undefined ? undefined : String(session.user),
      });
      if (behaviour === 'hangs-up') return void server.connections.forEach((one) => void one.close());
      return done();
    });
  },
});
let port = 0;
const mailer = (more: Partial<Parameters<typeof smtpMailer>[0]> = {}) =>
  smtpMailer({ host: '127.0.0.1', port, tls: 'none', from: 'aide@exemple.test', timeoutMs: 600_000, ...more });
const faultOf = async (by = mailer()): Promise<unknown> => {
  const fault: unknown = await by.send(mail).then(
    () => undefined,
    (error: unknown) => error,
  );
  const { code, reply, message = '' } = (fault ?? {}) as { code?: string; reply?: string; message?: string };
  expect(message).not.toContain('exemple.test');
  return fault === undefined ? undefined : { code, reply };
};

beforeAll(
  () =>
    new Promise<void>((resolve) => {
      server.on('error', () => undefined);
      const listening = server.listen(0, '127.0.0.1', () => {
        port = (listening.address() as AddressInfo).port;
        resolve();
      });
    }),
);
afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())));
beforeEach(() => {
  behaviour = 'takes';
  taken.length = 0;
});

describe('SMTP, against a server', () => {
  it('gives a letter in both forms, to one address, with the reference that stays the same', async () => {
    await mailer({ user: 'aide', password: 'mot' }).send(mail);
    expect(taken).toHaveLength(1);
    const [{ raw, to, user } = { raw: '', to: [], user: undefined }] = taken;
    expect({ to, user }).toEqual({ to: ['eve@exemple.test'], user: 'aide' });
    expect(raw).toContain('Message-ID: <l1@exemple.test>');
    expect(raw).toContain('multipart/alternative');
    expect(raw).toContain('Auto-Submitted: auto-generated');
  });

  it('tells a letter that is refused from a server that is busy, by its three digits alone', async () => {
    behaviour = 'refuses-recipient';
    expect(await faultOf()).toEqual({ code: 'permanent', reply: 'smtp-550' });
    behaviour = 'busy';
    expect(await faultOf()).toEqual({ code: 'temporary', reply: 'smtp-451' });
    behaviour = 'wrong-password';
    expect(await faultOf(mailer({ user: 'aide', password: 'faux' }))).toEqual({ code: 'temporary', reply: 'smtp-535' });
  });

  it('knows that nothing was given to a server that is not there, or that offers no TLS', async () => {
    expect(await faultOf(mailer({ port: 1 }))).toMatchObject({ code: 'temporary' });
    expect(await faultOf(mailer({ tls: 'required' }))).toMatchObject({ code: 'temporary' });
    expect(taken).toEqual([]);
  });

  it('says that the outcome is unknown when the line breaks after the letter was given', async () => {
    behaviour = 'hangs-up';
    expect(await faultOf()).toMatchObject({ code: 'unknown-outcome' });
    expect(taken).toHaveLength(1);
  });

  it('takes an address for one address: nothing in it makes another recipient or header', async () => {
    await mailer()
      .send({ ...mail, to: 'eve@exemple.test, autre@exemple.test' })
      .catch(() => undefined);
    await mailer()
      .send({ ...mail, to: 'eve@exemple.test\r\nBcc: autre@exemple.test' })
      .catch(() => undefined);
    for (const { to, raw } of taken) {
      expect(to).toHaveLength(1);
      expect(raw).not.toMatch(/^Bcc:/im);
      expect(to).not.toContain('autre@exemple.test');
    }
  });
});
