import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contestByLink, type LinkAnswer, readLink } from '#application/letters/contest-link.js';
import { linkDigestOf } from '#application/letters/member-link.js';
import { anonymousFault } from '../http/problem-filter.js';
import { securityHeaders } from '../http/security-headers.js';
import { faultOf } from '../problems/fault-of.js';
import { problemOf } from '../problems/registry.js';
import type { ServiceParts } from '../service-parts.js';
import { contestPage, faultPage, type Page, type PageWords, remarkLeftFrom } from './contest-pages.js';
import { contestForm, takeForms } from './form-body.js';
import { LinkThrottle } from './link-throttle.js';
import { pageFrame } from './page-frame.js';

/** A form with one text of 2000 characters. */
const FORM_LIMIT = 32_768;

interface LinkRequest {
  Params: { readonly token?: string };
  Querystring: { readonly remarque?: unknown };
}

/** Written out once more for links that lost their end or got a slash behind: these too are answered in French. */
const PATHS = ['/m/:token', '/m/:token/', '/m'];

/** What no cache, no other site and no search engine learns. */
const APART = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
} as const;

/** Mail programs take the full stop or the bracket behind a link for a part of it. */
const tokenOf = ({ params: { token = '' } }: FastifyRequest<LinkRequest>): string =>
  token.replace(/[^A-Za-z0-9_-]{1,3}$/, '');

/**
 * `/m/<token>`: where a member says of a consent « ce n’est pas exact », without account and without JavaScript (A2). The
 * token is the only key; it is in no log and no figure, which know the route as `/m/:token`. Opening the page changes nothing.
 */
export async function addMemberPage(server: FastifyInstance, parts: ServiceParts): Promise<void> {
  await server.register(async (scope) => {
    const { temoin, civilTime } = parts;
    const words: PageWords = { time: civilTime, association: parts.association, phone: parts.phone };
    const throttle = new LinkThrottle();
    takeForms(scope, FORM_LIMIT);
    scope.addHook('onRequest', async (_request, reply) => {
      void reply.headers(APART);
    });
    scope.setErrorHandler((error, request, reply) => failed(error, request, reply, parts, words));

    /** What the link leads to; counted by link, or by the address that brought one that is none. */
    const opened = async (request: FastifyRequest<LinkRequest>): Promise<LinkAnswer> => {
      const token = tokenOf(request);
      const answer = await readLink(temoin, token);
      await (answer.state === 'unknown' ? throttle.missed(request.ip) : throttle.opened(linkDigestOf(token)));
      return answer;
    };

    const show = async (request: FastifyRequest<LinkRequest>, reply: FastifyReply) =>
      send(reply, contestPage(await opened(request), words, remarkLeftFrom(request.query.remarque)), words);

    const contest = async (request: FastifyRequest<LinkRequest>, reply: FastifyReply) => {
      const answer = await opened(request);
      if (answer.state !== 'open') return send(reply, contestPage(answer, words), words);
      const { remark, tooLong } = contestForm(request.body);
      const contested = await contestByLink(temoin, tokenOf(request), remark);
      if (contested.answer.state !== 'open') return send(reply, contestPage(contested.answer, words), words);
      if (contested.answer.contestedAt === undefined) return send(reply, faultPage(503, words), words);
      // the page that follows may be loaded again without sending anything; the address stays out of the answer's headers
      const remarkLeft = tooLong ? 'too-long' : (contested.remarkLeft ?? 'ok');
      return reply.status(303).header('location', `?remarque=${remarkLeft}`).send();
    };

    for (const path of PATHS) {
      scope.get<LinkRequest>(path, show);
      scope.post<LinkRequest>(path, contest);
    }
  });
}

/** Whether an address is below `/m`, the router able to read it or not. */
export const isMemberAddress = (url: string): boolean => /^\/m(?:[/?]|$)/.test(url);

/** For what the router itself cannot read, where no hook runs: much too long, or badly escaped. A link that is none like others. */
export const answerUnreadable = (reply: FastifyReply, parts: ServiceParts): FastifyReply => {
  const { civilTime: time, association, phone } = parts;
  if (parts.moveClock) void reply.header('temoin-simulated', 'true');
  const words: PageWords = { time, association, phone };
  return send(reply.headers({ ...securityHeaders(), ...APART }), contestPage({ state: 'unknown' }, words), words);
};

const send = (reply: FastifyReply, { status, title, body }: Page, { association }: PageWords): FastifyReply =>
  reply
    .status(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .headers(status === 503 ? { 'retry-after': '60' } : {})
    .send(pageFrame(title, body, association));

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
  return send(reply, faultPage(status, words), words);
}
