import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { lookup } from 'node:dns';
import type { WebhookMessage } from '#ports/webhook-sender/webhook-sender.js';
import { selfSigned } from '#testing/self-signed.js';
import { verifyDelivery } from '#testing/verify-delivery.js';
import { openWebhookReceiver, type WebhookReceiver } from '#testing/webhook-receiver.js';
import { mayReach } from './reachable.js';
import { httpsWebhooks, type WebhookOptions } from './webhook-https.js';

const { privateKey } = generateKeyPairSync('ed25519');
const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
const signed: Pick<WebhookOptions, 'sign'> = { sign: (bytes) => sign(null, bytes, privateKey).toString('base64') };
const certificate = selfSigned();
const body = Buffer.from('[{"é":1}]');
/** In milliseconds: no test waits for its end. */
const FOR_EVER = 2 ** 30;
const message = (address: string): WebhookMessage => ({
  address,
  id: '0b0f7f3e-5d0c-8b5e-8a3f-1f2e3d4c5b6a',
  contentType: 'application/cloudevents-batch+json',
  body,
});
const faultOf = async (options: Partial<WebhookOptions>, address: string, signal?: AbortSignal) => {
  const sender = httpsWebhooks({ ...signed, reach: 'loopback', ca: certificate.cert, timeoutMs: FOR_EVER, ...options });
  const error: unknown = await sender.send(message(address), signal).catch((fault: unknown) => fault);
  const { code, status, message: words = '' } = (error ?? {}) as { code?: string; status?: number; message?: string };
  expect(words).not.toMatch(/localhost|127|temoin\/|words/);
  return status === undefined ? code : [code, status];
};

let receiver: WebhookReceiver;
let plain: WebhookReceiver;
beforeAll(async () => {
  receiver = await openWebhookReceiver(certificate);
  plain = await openWebhookReceiver();
});
afterAll(async () => {
  await receiver.close();
  await plain.close();
});
beforeEach(() => {
  receiver.behave(204);
});

describe('a delivery', () => {
  it('arrives whole over TLS, signed as Standard Webhooks asks, so that the published key verifies it', async () => {
    expect(await faultOf({}, receiver.url)).toBeUndefined();
    const got = receiver.deliveries.at(-1);
    expect(got).toMatchObject({ method: 'POST', path: '/temoin', body: body.toString('utf8') });
    expect(got?.headers).toMatchObject({
      'content-type': 'application/cloudevents-batch+json',
      'webhook-id': message('').id,
      'webhook-signature': expect.stringMatching(/^v1a,[A-Za-z0-9+/]{86}==$/),
    });
    const { headers = {}, body: text = '' } = got ?? {};
    expect(verifyDelivery(jwk, headers, text)).toBe(true);
    expect(verifyDelivery(jwk, headers, text.replace('1', '2'))).toBe(false);
    expect(verifyDelivery(jwk, { ...headers, 'webhook-id': 'other' }, text)).toBe(false);
    expect(verifyDelivery(jwk, { ...headers, 'webhook-timestamp': '1' }, text)).toBe(false);
    expect(verifyDelivery(jwk, headers, text, Date.now() + 600_000)).toBe(false);
  });

  it('is taken with any 2xx, and with nothing else; a redirect is not followed', async () => {
    for (const status of [200, 201, 202, 299]) {
      receiver.behave(status);
      expect(await faultOf({}, receiver.url)).toBeUndefined();
    }
    for (const status of [300, 302, 307, 400, 404, 410, 429, 500, 503]) {
      receiver.behave(status);
      const before = receiver.deliveries.length;
      expect(await faultOf({}, receiver.url)).toEqual(['status', status]);
      expect(receiver.deliveries.length).toBe(before + 1);
    }
  });

  it('waits for no answer longer than it is told to, and reads no long one', async () => {
    receiver.behave('silent');
    expect(await faultOf({ timeoutMs: 200 }, receiver.url)).toBe('timeout');
    receiver.behave('floods');
    expect(await faultOf({}, receiver.url)).toBeUndefined();
  });

  it('says what went wrong by a code', async () => {
    receiver.behave('hangs-up');
    expect(await faultOf({}, receiver.url)).toBe('unreachable');
    expect(await faultOf({ ca: selfSigned().cert }, receiver.url)).toBe('tls');
    expect(await faultOf({}, `https://localhost:${plain.port}/`)).toBe('tls');
    expect(await faultOf({}, 'https://localhost:1/')).toBe('unreachable');
    const ending = new AbortController();
    receiver.behave('silent');
    setTimeout(() => ending.abort(), 50);
    expect(await faultOf({}, receiver.url, ending.signal)).toBe('unreachable');
  });

  it('goes to no certificate of another name', async () => {
    const other = selfSigned(['exemple.test']);
    const elsewhere = await openWebhookReceiver(other);
    expect(await faultOf({ ca: other.cert }, elsewhere.url)).toBe('tls');
    expect(elsewhere.deliveries).toEqual([]);
    await elsewhere.close();
  });
});

describe('where deliveries go', () => {
  const answering = (...addresses: readonly string[]) =>
    ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as typeof lookup;

  it.each([
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:93.184.216.34',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:0:a00:1::',
    '2001:db8::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fe80::1%lo',
    'ff02::1',
    'localhost',
    '',
  ])('never to %s outside a simulation', (address) => {
    expect(mayReach(address, 'public')).toBe(false);
  });

  it('to machines on the Internet, and in a simulation to this one alone', () => {
    for (const address of ['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1', '2a01:e0a::1'])
      expect([mayReach(address, 'public'), mayReach(address, 'loopback')]).toEqual([true, false]);
    for (const address of ['127.0.0.1', '127.8.8.8', '::1']) expect(mayReach(address, 'loopback')).toBe(true);
  });

  it('is judged by the address that is connected to: a name that leads inside is refused, and so is an inner address itself', async () => {
    const { port } = receiver;
    const before = receiver.deliveries.length;
    const asPublic = { reach: 'public' } as const;
    expect(await faultOf(asPublic, receiver.url)).toBe('refused-address');
    expect(await faultOf(asPublic, `https://127.0.0.1:${port}/`)).toBe('refused-address');
    expect(await faultOf(asPublic, `https://[::1]:${port}/`)).toBe('refused-address');
    expect(await faultOf(asPublic, `https://[::ffff:127.0.0.1]:${port}/`)).toBe('refused-address');
    expect(await faultOf(asPublic, `https://2130706433:${port}/`)).toBe('refused-address');
    for (const inside of ['127.0.0.1', '10.0.0.1', '::1'])
      expect(await faultOf({ ...asPublic, resolve: answering(inside) }, `https://abonne.exemple.test:${port}/`)).toBe(
        'refused-address',
      );
    expect(receiver.deliveries.length).toBe(before);
  });

  it('skips the inner addresses of a name that has others', async () => {
    const resolve = answering('10.0.0.1', '127.0.0.1');
    expect(await faultOf({ resolve }, receiver.url)).toBeUndefined();
  });

  it('is never plain outside a simulation, and never an address with a password', async () => {
    expect(await faultOf({ reach: 'public' }, plain.url)).toBe('refused-address');
    expect(await faultOf({}, plain.url)).toBeUndefined();
    for (const address of [
      '',
      'file:///etc/hosts',
      'ftp://localhost/',
      'https://a:b@localhost/',
      'https://a@localhost/',
    ])
      expect(await faultOf({}, address)).toBe('refused-address');
  });
});
