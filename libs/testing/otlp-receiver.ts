import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** One span as it came over the wire. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** SERVER is 2, INTERNAL 1. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string | number>> }[];
  /** ERROR is 2. */
  readonly status: number;
}

/** A receiver of traces on loopback: OTLP/HTTP with JSON, `POST /v1/traces`. A peer of the protocol. */
export interface OtlpReceiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Of every resource that was sent. */
  readonly resources: readonly Readonly<Record<string, string | number>>[];
  /** Everything that was received: addresses, headers, bodies. */
  bytes(): Buffer;
  close(): Promise<void>;
}

interface WireAttribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string; readonly doubleValue?: number };
}
interface WireSpan extends Omit<ReceivedSpan, 'attributes' | 'events' | 'status'> {
  readonly attributes: readonly WireAttribute[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly WireAttribute[] }[];
  readonly status?: { readonly code?: number };
}
interface WireBody {
  readonly resourceSpans?: readonly {
    readonly resource: { readonly attributes: readonly WireAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

/** @param port the system's choice where none is given */
export async function openOtlpReceiver(port = 0): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const resources: Readonly<Record<string, string | number>>[] = [];
  const bytes: Buffer[] = [];
  const take = (headers: IncomingHttpHeaders, address: string, sent: Buffer): number => {
    const body = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    bytes.push(Buffer.from(`${address}\n${JSON.stringify(headers)}\n`), body, Buffer.from('\n'));
    if (address !== '/v1/traces') return 404;
    if (!headers['content-type']?.startsWith('application/json')) return 415;
    for (const { resource, scopeSpans } of (JSON.parse(body.toString('utf8')) as WireBody).resourceSpans ?? []) {
      resources.push(valuesOf(resource.attributes));
      for (const one of scopeSpans.flatMap((scope) => scope.spans)) spans.push(received(one));
    }
    return 200;
  };
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const status = take(request.headers, request.url ?? '', Buffer.concat(chunks));
      reply.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    url: `${endpoint}/v1/traces`,
    spans,
    resources,
    bytes: () => Buffer.concat(bytes),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const received = ({ parentSpanId, attributes, events, status, ...rest }: WireSpan): ReceivedSpan => ({
  ...rest,
  parentSpanId: parentSpanId ?? '',
  attributes: valuesOf(attributes),
  events: (events ?? []).map((one) => ({ name: one.name, attributes: valuesOf(one.attributes) })),
  status: status?.code ?? 0,
});

const valuesOf = (attributes: readonly WireAttribute[]): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue } }) => [
      key,
      stringValue ?? Number(intValue ?? doubleValue),
    ]),
  );
