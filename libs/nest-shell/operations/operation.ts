import type { Role } from '#domain/shared/facts.js';

/** One thing that can be asked over HTTP. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`, `:name` for a reference; public ones stand at the root. */
  readonly path: string;
  /** Who may; `public` needs no token. */
  readonly roles: readonly Role[] | 'public';
  /** One English line for the API documentation. */
  readonly summary: string;
  /** The new thing gets an address of its own: 201 and Location. */
  readonly creates?: true;
  /** A blind correction would hide another's: 428 without If-Match. */
  readonly needsIfMatch?: true;
  /** A question in a body, because names have no place in an address: changes nothing. */
  readonly asks?: true;
  /** Work of the installation is done, and told of in the answer; there is no receipt. */
  readonly works?: true;
  /** Its body names each of a member's things: longer than the limit of others, since a right must not end at it. */
  readonly long?: true;
  readonly tag: string;
}

export type Who = Operation['roles'];
type Extra = Pick<Operation, 'creates' | 'needsIfMatch' | 'asks' | 'works' | 'long'>;
export const CREATES = { creates: true } as const;
export const ASKS = { asks: true } as const;
export const WORKS = { works: true } as const;
export const LONG = { long: true } as const;
export const IF_MATCH = { needsIfMatch: true } as const;

export const group =
  (tag: string) =>
  (method: Operation['method'], path: string, who: Who, summary: string, extra: Extra = {}): Operation => ({
    method,
    path,
    roles: who,
    summary,
    tag,
    ...extra,
  });

/** The address as routers write it, prefix included. */
export const pathOf = ({ path, roles: who }: Operation): string => (who === 'public' ? path : `/api/v1${path}`);

export const isCommand = ({ method, asks, works }: Operation): boolean =>
  method === 'POST' && asks !== true && works !== true;
