import type { Refusal } from '#kernel/refusal.js';
import type { ProblemParts } from './problem.js';
import type { ShellProblemCode } from './shell-problems.js';

/** Carries a problem out of a controller, guard or pipe to the one filter that answers it. Known by its `code`. */
export class ProblemFault extends Error {
  override readonly name = 'ProblemFault';
  constructor(
    readonly code: string,
    readonly parts: ProblemParts = {},
  ) {
    super(code);
  }
}

export const fault = (code: ShellProblemCode, parts: ProblemParts = {}): ProblemFault => new ProblemFault(code, parts);

/** A refusal of the domain as a problem: its own words, its own pointers. */
export const refused = (refusal: Refusal): ProblemFault =>
  new ProblemFault(refusal.code, {
    detail: refusal.detail,
    next: refusal.next,
    ...(refusal.pointers.length === 0 ? {} : { errors: refusal.pointers }),
  });
