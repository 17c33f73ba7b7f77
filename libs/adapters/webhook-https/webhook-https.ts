import type { lookup } from 'node:dns';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import { WebhookError, type WebhookMessage, type WebhookSender } from '#ports/webhook-sender/webhook-sender.js';
import { checkedLookup, mayReach, REFUSED, type Reach } from './reachable.js';

export interface WebhookOptions {
  /** Signs bytes with the installation's Ed25519 key; 64 bytes, base64. */
  readonly sign: (bytes: Uint8Array) => string;
  /** `loopback` also allows `http:`, since nothing leaves the machine. */
  readonly reach: Reach;
  /** Longest wait for a whole answer, in milliseconds. */
  readonly timeoutMs?: number;
  /** Certificates to trust instead of the public ones. */
  readonly ca?: string;
  /** Moment of the signature in milliseconds: the machine's, since receivers compare it with theirs. */
  readonly now?: () => number;
  /** Resolves names. */
  readonly resolve?: typeof lookup;
}

/** Of an answer no more is read, and nothing is kept. */
const MOST_READ = 4096;

/**
 * Posts over HTTPS, one connection a delivery, signed as Standard Webhooks 1.0 does with an asymmetric key (`v1a`). Follows
 * no redirect: what was checked is what is sent to.
 */
export function httpsWebhooks(options: WebhookOptions): WebhookSender {
  const { sign, reach, timeoutMs = 10_000, ca, now = Date.now, resolve } = options;
  const lookup = checkedLookup(reach, resolve);

  return {
    async send({ address, id, contentType, body }: WebhookMessage, signal) {
      const url = destination(address, reach);
      const timestamp = String(Math.floor(now() / 1000));
      const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
      const headers = {
        'content-type': contentType,
        'content-length': body.byteLength,
        'user-agent': 'temoin',
        connection: 'close',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1a,${sign(signed)}`,
      };
      const limit = AbortSignal.timeout(timeoutMs);
      const either = signal === undefined ? limit : AbortSignal.any([limit, signal]);
      const ask = url.protocol === 'https:' ? tlsRequest : plainRequest;
      // a name is checked as it is resolved, an address right here: nothing resolves it
      const status = await new Promise<number>((resolved, rejected) => {
        const call = ask(url, {
          method: 'POST',
          agent: false,
          lookup,
          headers,
          signal: either,
          rejectUnauthorized: true,
          ...(ca === undefined ? {} : { ca }),
        });
        call.on('error', rejected);
        // the status decides: a receiver that answers 2xx and then says no more has taken it
        call.once('response', (answer) => void skip(answer).then(() => resolved(answer.statusCode ?? 0)));
        call.end(body);
      }).catch((error: unknown) => {
        throw new WebhookError(limit.aborted ? 'timeout' : faultOf(error));
      });
      if (status < 200 || status > 299) throw new WebhookError('status', status);
    },
  };
}

/** @throws WebhookError `refused-address` */
function destination(address: string, reach: Reach): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const secure = url?.protocol === 'https:' || (reach === 'loopback' && url?.protocol === 'http:');
  if (url === undefined || !secure || url.username !== '' || url.password !== '')
    throw new WebhookError('refused-address');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !mayReach(host, reach)) throw new WebhookError('refused-address');
  return url;
}

/** Lets the receiver finish a short answer; a long one is cut off. */
const skip = (answer: IncomingMessage): Promise<void> =>
  new Promise((done) => {
    let read = 0;
    answer.on('data', (chunk: Buffer) => {
      read += chunk.byteLength;
      if (read > MOST_READ) answer.destroy();
    });
    answer.on('error', () => undefined);
    answer.once('close', done);
  });

const TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO)/;

function faultOf(error: unknown): 'unreachable' | 'tls' | 'refused-address' {
  const { code } = error as { readonly code?: unknown };
  if (code === REFUSED) return 'refused-address';
  return typeof code === 'string' && TLS.test(code) ? 'tls' : 'unreachable';
}
