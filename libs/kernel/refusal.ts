/**
 * A refusal is a value, not an exception: the command was understood and the charter, or the state of things, says no.
 * Codes are part of the API. No HTTP here: the shell maps kinds to statuses in one total registry.
 */
export type RefusalKind =
  /** The input is well formed but breaks a rule about its content. */
  | 'input'
  /** The thing named does not exist. */
  | 'not-found'
  /** The person may not do this, whatever the state. */
  | 'forbidden'
  /** The present state of things does not allow it; another state would. */
  | 'state'
  /** What the command needs was erased. */
  | 'erased';

export interface Refusal<Code extends string = string> {
  readonly refused: true;
  readonly code: Code;
  readonly kind: RefusalKind;
  /** The charter rule behind it, when there is one: `charter:3.1a`. */
  readonly rule: string | undefined;
  /** Plain French for the person at the screen; never personal data, never an echo of what was typed. */
  readonly detail: string;
  /** The next step, in plain French. */
  readonly next: string;
  /** Where in the command's data, as JSON pointers (RFC 6901), with a word on each. */
  readonly pointers: readonly { readonly pointer: string; readonly detail: string }[];
}

export interface RefusalDefinition<Code extends string = string, P = void> {
  (params: P, pointers?: Refusal['pointers']): Refusal<Code>;
  readonly code: Code;
  readonly kind: RefusalKind;
  readonly rule: string | undefined;
  /** English, for engineers: the problem type's title. */
  readonly title: string;
}

/** Declares a refusal once. `detail` and `next` are French; a function when they need non-personal facts (a date, a rule). */
export function defineRefusal<const Code extends string, P = void>(declaration: {
  readonly code: Code;
  readonly kind: RefusalKind;
  readonly rule?: string;
  readonly title: string;
  readonly detail: string | ((params: P) => string);
  readonly next: string | ((params: P) => string);
}): RefusalDefinition<Code, P> {
  const { code, kind, title, detail, next } = declaration;
  const say = (part: string | ((params: P) => string), params: P) => (typeof part === 'string' ? part : part(params));
  const make = (params: P, pointers: Refusal['pointers'] = []): Refusal<Code> => ({
    refused: true,
    code,
    kind,
    rule: declaration.rule,
    detail: say(detail, params),
    next: say(next, params),
    pointers,
  });
  return Object.assign(make, { code, kind, rule: declaration.rule, title });
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
