import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** Témoin as an outside client sees it: HTTP and JSON, nothing of the project's own code. */

export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** An answer that says no: RFC 9457. */
export interface Problem {
  readonly status: number;
  readonly type: string;
  readonly detail: string;
  readonly next: string;
  readonly rule: string | undefined;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
}

export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  constructor(
    readonly request: string,
    readonly problem: Problem,
  ) {
    const pointers = problem.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join(' ');
    super(`${request} → ${problem.status} ${problem.type} ${problem.detail} ${problem.next} ${pointers}`.trim());
  }
}

export interface Client {
  /** The same service with another person's token. */
  as(token: string): Client;
  /** @throws UnexpectedAnswer when the answer is not 2xx */
  get(path: string): Promise<Json>;
  /** @throws UnexpectedAnswer when the answer is not 2xx */
  post(path: string, body?: Json): Promise<Json>;
  put(path: string, body: Json): Promise<Json>;
  /** A command that is expected to be refused. @throws when it is not */
  refused(path: string, body?: Json): Promise<Problem>;
  /** Whatever comes back, for those who want to look at it themselves. */
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** Minutes, with the time that the service itself waits for a view. */
const MOST_TRIES = 50;

/** @param last keeps the position of the latest receipt, shared by the clients of all persons */
export function httpClient(url: string, token: string, last: { position?: string } = {}): Client {
  const send: Client['send'] = async (method, path, body, headers = {}) => {
    const full = /^\/(health|openapi|\.well-known)/.test(path) ? path : `/api/v1${path}`;
    const response = await fetch(`${url}${full}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'error',
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? {} : JSON.parse(text);
    const answer = { status: response.status, headers: response.headers, body: parsed as Json };
    const { position } = answer.body;
    if (method === 'POST' && response.ok && typeof position === 'string') last.position = position;
    return answer;
  };
  const expectDone = async (method: string, path: string, body?: Json): Promise<Json> => {
    const headers = method === 'POST' ? { 'idempotency-key': randomUUID() } : {};
    const asked = () => send(method, path, body ?? (method === 'POST' ? {} : undefined), headers);
    let answer = await asked();
    // the view is on its way to the position that was asked for: the service says when to ask again
    for (let tries = 1; answer.body.code === 'view-behind' && tries < MOST_TRIES; tries += 1) {
      await sleep(1000 * Number(answer.headers.get('retry-after') ?? 1));
      answer = await asked();
    }
    if (answer.status >= 300) throw new UnexpectedAnswer(`${method} ${path}`, problemOf(answer));
    return answer.body;
  };
  return {
    as: (other) => httpClient(url, other, last),
    get: (path) => expectDone('GET', waiting(path, last.position)),
    post: (path, body) => expectDone('POST', path, body),
    put: (path, body) => expectDone('PUT', path, body),
    async refused(path, body = {}) {
      const answer = await send('POST', path, body);
      if (answer.status < 400) throw new Error(`POST ${path} → ${answer.status}, a refusal was expected`);
      if (answer.status >= 500) throw new UnexpectedAnswer(`POST ${path}`, problemOf(answer));
      return problemOf(answer);
    },
    send,
  };
}

/** Asks the view to have seen the latest command: a person sees what they just did. */
const waiting = (path: string, position: string | undefined): string =>
  position === undefined || /^\/(health|simulation|streams|me)/.test(path)
    ? path
    : `${path}${path.includes('?') ? '&' : '?'}waitFor=${position}`;

export function problemOf({ status, body }: Answer): Problem {
  const text = (field: string) => (typeof body[field] === 'string' ? (body[field] as string) : '');
  return {
    status,
    type: text('type'),
    detail: text('detail') || text('title'),
    next: text('next'),
    rule: text('rule') || undefined,
    errors: Array.isArray(body.errors) ? (body.errors as Problem['errors']) : [],
  };
}
