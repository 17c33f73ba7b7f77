import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { drain } from './http/drain.js';
import { InputPipe } from './http/input.pipe.js';
import { openApiOf } from './http/open-api.js';
import { addPages } from './http/pages.js';
import { ProblemFilter } from './http/problem-filter.js';
import { adapterOf, prepareServer } from './http/server.js';
import { addMemberPage } from './member-page/member-page.js';
import { serviceModule } from './service-module.js';
import type { ServiceParts } from './service-parts.js';

export interface Service {
  /** Starts to listen. @returns the port, which the system chose when 0 was given */
  listen(port: number, host: string): Promise<number>;
  /** Answers « later » to what comes in from now on, lets requests under way finish, stops listening. The stores stay open: who opened them closes them. */
  close(): Promise<void>;
  /** The server, to put requests through without a network. */
  readonly server: FastifyInstance;
}

const IDLE_EVERY_MS = 50;

/** The HTTP service over an open application. */
export async function createService(parts: ServiceParts): Promise<Service> {
  const simulated = parts.moveClock !== undefined;
  const filter = new ProblemFilter(simulated, parts.onFault);
  const app = await NestFactory.create<NestFastifyApplication>(serviceModule(parts), adapterOf(parts, filter), {
    logger: false,
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: false,
  });
  app.useGlobalFilters(filter);
  app.useGlobalPipes(new InputPipe());
  let stopping = false;
  await prepareServer(app, parts, () => stopping);
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  await app.init();
  // after Nest has set the handler of faults: routes take the one that is there
  let document: object | undefined;
  addPages(server, () => (document ??= openApiOf(app, simulated)));
  await addMemberPage(server, parts);
  const { metrics } = parts;
  if (metrics)
    server.get('/metrics', async (_request, reply) => {
      const { type, text } = await metrics();
      return reply.type(type).header('cache-control', 'no-store').send(text);
    });
  await server.ready();
  return {
    server,
    async close() {
      stopping = true;
      await drain(server.server);
      // a line that is answering when the closing begins is idle a moment later, and would be kept for its next request
      const idle = setInterval(() => server.server.closeIdleConnections(), IDLE_EVERY_MS);
      await app.close().finally(() => clearInterval(idle));
    },
    async listen(port, host) {
      await app.listen(port, host);
      const address = app.getHttpServer().address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
  };
}
