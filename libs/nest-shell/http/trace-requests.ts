import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestSpan, Tracer } from '#ports/tracer/tracer.js';

/** Asked by machines every few seconds. */
const UNTRACED: ReadonlySet<string> = new Set(['/health/live', '/health/ready', '/metrics']);

/**
 * A span for each request, named by its declared route, below the caller's where it sends a `traceparent`. Entered again
 * once the body is there: what the server reads it with is not of this request.
 */
export function traceRequests(server: FastifyInstance, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  server.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? '(unknown)';
    if (UNTRACED.has(route)) return done();
    const { traceparent } = request.headers;
    const span = tracer.request(
      `${request.method} ${route}`,
      { 'http.request.method': request.method, 'http.route': route, 'temoin.correlation_id': request.id },
      typeof traceparent === 'string' ? traceparent : undefined,
    );
    spans.set(request, span);
    span.run(done);
  });
  server.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) span.run(done);
    else done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.add({ 'http.response.status_code': reply.statusCode });
    span?.end();
    done();
  });
}
