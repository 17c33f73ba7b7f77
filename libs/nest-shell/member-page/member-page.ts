import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contestByLink, type LinkAnswer, readLink } from '#application/letters/contest-link.js';
import { linkDigestOf } from '#application/letters/member-link.js';
import { anonymousFault } from '../http/problem-filter.js';
import { faultOf } from '../problems/fault-of.js';
import { problemOf } from '../problems/registry.js';
import type { ServiceParts } from '../service-parts.js';
import { contestPage, faultPage, type Page, type PageWords } from './contest-pages.js';
import { contestForm, takeForms } from './form-body.js';
import { LinkThrottle } from './link-throttle.js';

/** A form with one text of 2000 characters. */
const FORM_LIMIT = 32_768;

interface LinkRequest {
  Params: { readonly token: string };
}

/**
 * `/m/<token>`: where a member says of a consent « ce n’est pas exact », without account and without JavaScript (A2). The
 * token is the only key; it is in no log and no figure, which know the route as `/m/:token`. Opening the page changes nothing.
 */
export async function addMemberPage(server: FastifyInstance, parts: ServiceParts): Promise<void> {
  await server.register(async (scope) => {
    const { temoin, civilTime } = parts;
    const words: PageWords = { time: civilTime, phone: parts.phone };
    const throttle = new LinkThrottle();
    takeForms(scope, FORM_LIMIT);
    scope.addHook('onRequest', async (_request, reply) => {
      void reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('x-robots-tag', 'noindex, nofollow');
    });
    scope.setErrorHandler((error, request, reply) => failed(error, request, reply, parts, words));

    /** What the link leads to; counted by link, or by the address that brought one that is none. */
    const opened = async ({ params: { token }, ip }: FastifyRequest<LinkRequest>): Promise<LinkAnswer> => {
      const answer = await readLink(temoin, token);
      await (answer.state === 'unknown' ? throttle.missed(ip) : throttle.opened(linkDigestOf(token)));
      return answer;
    };

    scope.get<LinkRequest>('/m/:token', async (request, reply) =>
      send(reply, contestPage(await opened(request), words)),
    );

    scope.post<LinkRequest>('/m/:token', async (request, reply) => {
      const answer = await opened(request);
      if (answer.state !== 'open') return send(reply, contestPage(answer, words));
      const { remark, tooLong } = contestForm(request.body);
      const contested = await contestByLink(temoin, request.params.token, remark);
      const remarkLeft = tooLong ? 'too-long' : contested.remarkLeft;
      return send(reply, contestPage(contested.answer, words, remarkLeft));
    });
  });
}

const send = (reply: FastifyReply, { status, html }: Page): FastifyReply =>
  reply
    .status(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .headers(status === 503 ? { 'retry-after': '60' } : {})
    .send(html);

/** A fault of the service is told to its people, as for the API; the member reads what to do. */
function failed(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { onFault }: ServiceParts,
  words: PageWords,
): FastifyReply {
  const fault = faultOf(error);
  if (!fault) onFault({ correlationId: request.id, ...anonymousFault(error) });
  const { status } = problemOf(fault?.code ?? 'internal', fault?.parts ?? {}, {
    correlationId: request.id,
    simulated: false,
  });
  const retryAfter = fault?.parts.retryAfter;
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  return send(reply, faultPage(status, words));
}
