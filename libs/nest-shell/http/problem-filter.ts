import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { faultOf } from '../problems/fault-of.js';
import { problemOf } from '../problems/registry.js';

/** Where unexpected faults are told to people: never to the caller. */
export type FaultLog = (fault: {
  readonly correlationId: string;
  readonly name: string;
  readonly code: string | undefined;
  /** Call sites without the message: a message may quote data. */
  readonly stack: readonly string[];
}) => void;

/** Answers every thrown value as `application/problem+json`. The one place where a problem leaves the service. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly simulated: boolean,
    private readonly log: FaultLog,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const fault = faultOf(thrown);
    if (!fault) this.log({ correlationId: request.id, ...anonymousFault(thrown) });
    const problem = problemOf(fault?.code ?? 'internal', fault?.parts ?? {}, {
      correlationId: request.id,
      simulated: this.simulated,
    });
    for (const [name, value] of Object.entries(fault?.parts.headers ?? {})) void reply.header(name, value);
    if (fault?.parts.retryAfter !== undefined) void reply.header('retry-after', String(fault.parts.retryAfter));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="temoin"');
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem));
  }
}

/** What may be told of a fault: never its message, which may quote data. */
export function anonymousFault(thrown: unknown): { name: string; code: string | undefined; stack: readonly string[] } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, code: undefined, stack: [] };
  const code = (thrown as { code?: unknown }).code;
  const stack = (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: thrown.name, code: typeof code === 'string' ? code : undefined, stack: stack.slice(0, 12) };
}
