import type { ListAnswer } from '#views/query.js';
import { etagOf } from '../commands/commands.js';
import type { Call } from '../http/call.js';
import { fault } from '../problems/problem-fault.js';
import { holdsUnreadable } from './unreadable.js';

/** A list, with the address of its next page in `Link` (RFC 8288). */
export function listed<A extends ListAnswer<unknown>>({ request, reply }: Call, answer: A): A {
  if (answer.next !== undefined) {
    const [path = '', query = ''] = request.url.split('?', 2);
    const parameters = new URLSearchParams(query);
    parameters.set('cursor', answer.next);
    parameters.delete('waitFor');
    void reply.header('link', `<${path}?${parameters}>; rel="next"`);
  }
  return answer;
}

/** One thing, or 404; 500 when something in it is unreadable, which erased is not. Its revision as ETag when it has one. */
export function found<T extends object>({ reply }: Call, thing: T | undefined | null): T {
  if (thing === undefined || thing === null) throw fault('not-found');
  if (holdsUnreadable(thing)) throw fault('value-unreadable');
  const { revision } = thing as { readonly revision?: unknown };
  if (typeof revision === 'number') void reply.header('etag', etagOf(revision));
  return thing;
}
