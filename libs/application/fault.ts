/**
 * What the application cannot answer with a value. Known by its `code`; messages carry names of types and fields, never
 * personal data.
 */
export type FaultCode =
  /** No aggregate is bound to the stream's category: a fault of the caller. */
  | 'unknown-category'
  | 'unknown-view'
  /** Asked of a process that another one projects for. */
  | 'not-projecting'
  /** A stored event of a type or version that this program does not know: it was written by a newer one. */
  | 'unknown-event'
  /** A stored event whose bytes are not what this program writes. */
  | 'damaged-event'
  /** A decider's event breaks its own declaration: nothing was stored. */
  | 'invalid-event';

export class TemoinError extends Error {
  override readonly name = 'TemoinError';
  constructor(
    readonly code: FaultCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The `code` of anything thrown; undefined when it has none. */
export const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
};

/** A kind or a code, and never a sentence. */
const WORD = /^[\w.:-]{1,60}$/;

/**
 * What a fault goes back to, for whoever looks for its cause: kind and code of the innermost error, as the driver or the
 * system names it. Messages are left out: they may repeat what somebody wrote.
 */
export function rootOf(error: unknown): string {
  let root: unknown = error;
  for (let depth = 0; depth < 10 && root instanceof Error && root.cause instanceof Error; depth += 1) root = root.cause;
  const { name, codeName, code } = (root ?? {}) as Readonly<Record<'name' | 'codeName' | 'code', unknown>>;
  const words = [name, codeName ?? code].map((one) => (typeof one === 'number' ? String(one) : one));
  return words.filter((one): one is string => typeof one === 'string' && WORD.test(one)).join(' ') || 'unknown';
}
