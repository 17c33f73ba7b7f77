import { randomUUID } from 'node:crypto';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerUnreadable, isMemberAddress } from '../member-page/member-page.js';
import { type Operation, pathOf } from '../operations/operation.js';
import { operations } from '../operations/operations.js';
import { fault } from '../problems/problem-fault.js';
import type { ServiceParts } from '../service-parts.js';
import { readJsonBody } from './json-body.js';
import type { ProblemFilter } from './problem-filter.js';
import { securityHeaders } from './security-headers.js';
import { traceRequests } from './trace-requests.js';

const LONG_ROUTES = new Set(Object.values<Operation>(operations).flatMap((one) => (one.long ? [pathOf(one)] : [])));
/** In bytes: ten thousand lines of a grid, each kept with its ground and its day. */
const LONG_BODY = 2_097_152;

/** Fastify as this service wants it: JSON only, limits, an id for each request. */
export const adapterOf = (parts: ServiceParts, filter: ProblemFilter): FastifyAdapter =>
  new FastifyAdapter({
    logger: false,
    bodyLimit: parts.limits.bodyLimit,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    // what the router itself cannot read: no hook and no filter of Nest runs
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      isMemberAddress(request.url) ? answerUnreadable(reply, parts) : filter.answer(error, request, reply),
    clientErrorHandler: (_error, socket) => {
      if (!socket.writable) return;
      const body = '{"type":"/problems/malformed-request","code":"malformed-request","status":400}';
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/problem+json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    },
  });

/** @param stopping true: requests that come in are told to come back later, those under way are finished */
export async function prepareServer(
  app: NestFastifyApplication,
  parts: ServiceParts,
  stopping: () => boolean,
): Promise<void> {
  const secure = securityHeaders();
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  onlyJson(server);
  server.addHook('onRoute', (route) => {
    if (LONG_ROUTES.has(route.url)) route.bodyLimit = Math.max(LONG_BODY, parts.limits.bodyLimit);
  });
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(secure).header('x-correlation-id', request.id);
    if (parts.moveClock) void reply.header('temoin-simulated', 'true');
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    if (stopping()) done(fault('stopping', { retryAfter: 5, headers: { connection: 'close' } }));
    else if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      done(fault('unsupported-media-type', { detail: 'Le contenu envoyé est compressé.' }));
    else done();
  });
  // whoever waits for an answer now shall not ask again over this line
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping()) void reply.header('connection', 'close');
    done();
  });
  if (parts.tracer) traceRequests(server, parts.tracer);
  server.addHook('onResponse', (request, reply, done) => {
    parts.onAnswer?.({
      correlationId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? '(unknown)',
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    });
    done();
  });
}

function onlyJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/json\b/, { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : readJsonBody(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume();
    done(fault('unsupported-media-type'));
  });
}
