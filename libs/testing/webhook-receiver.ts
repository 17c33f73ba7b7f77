import { createServer as createPlain, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One delivery as it came over the wire. */
export interface ReceivedDelivery {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the receiver does with a delivery: answers with this status, says nothing for ever, or hangs up. */
export type Behaviour = number | 'silent' | 'hangs-up' | 'floods';

/** An outside body's receiver on this machine. A peer of the protocol: it knows nothing of ours. */
export interface WebhookReceiver {
  readonly url: string;
  /** Of any other address that it answers at. */
  readonly origin: string;
  readonly port: number;
  readonly deliveries: readonly ReceivedDelivery[];
  /** Told of each delivery before it is answered; the answer waits for what it gives. */
  onDelivery: (delivery: ReceivedDelivery) => void | Promise<void>;
  behave(behaviour: Behaviour): void;
  /** Everything that was received: addresses, headers, bodies. */
  bytes(): Buffer;
  close(): Promise<void>;
}

/** @param tls key and certificate; plain HTTP without */
export async function openWebhookReceiver(
  tls?: { readonly key: string; readonly cert: string },
  port = 0,
): Promise<WebhookReceiver> {
  const deliveries: ReceivedDelivery[] = [];
  let behaviour: Behaviour = 204;
  const answer: RequestListener = (request, response) => {
    const how = behaviour;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.on('end', async () => {
      const delivery = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      deliveries.push(delivery);
      await receiver.onDelivery(delivery);
      if (how === 'silent') return;
      if (how === 'hangs-up') return void request.socket.destroy();
      if (how === 'floods') {
        response.writeHead(200);
        const flood = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
          if (!response.destroyed) response.once('drain', flood);
        };
        return flood();
      }
      response.writeHead(how, { location: receiver.url, 'content-type': 'text/plain' });
      response.end(how === 204 ? undefined : 'words that nobody keeps');
    });
  };
  const server = tls === undefined ? createPlain(answer) : createSecure(tls, answer);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  const origin = `${tls === undefined ? 'http' : 'https'}://localhost:${bound}`;
  const receiver: WebhookReceiver = {
    url: `${origin}/temoin`,
    origin,
    port: bound,
    deliveries,
    onDelivery: () => undefined,
    behave(how) {
      behaviour = how;
    },
    bytes: () => Buffer.from(JSON.stringify(deliveries)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
