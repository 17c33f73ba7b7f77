import type { RefusalKind } from '#kernel/refusal.js';
import type { Problem, ProblemParts, ProblemType } from './problem.js';
import { generalWords, refusalDefinitions } from './refusal-definitions.js';
import { shellProblems } from './shell-problems.js';

/** Status of a refusal by its kind. Total by type: a new kind does not compile without a status. */
const statusOfKind: Readonly<Record<RefusalKind, number>> = {
  input: 422,
  'not-found': 404,
  forbidden: 403,
  state: 409,
  erased: 410,
};

/** Where only an occurrence has words. */
const OF_THE_OCCURRENCE = {
  detail: 'L’action demandée n’est pas possible ; la réponse reçue dit pourquoi.',
  next: 'La réponse reçue indique quoi faire ensuite.',
};

/**
 * Every problem that the API can answer: the shell's own and each refusal declared in the domain.
 * A refusal's French words may depend on the occurrence: its type says « … » there.
 */
export const problemTypes: ReadonlyMap<string, ProblemType> = new Map<string, ProblemType>([
  ...shellProblems,
  ...refusalDefinitions().map((definition): [string, ProblemType] => {
    const { code, kind, title, rule } = definition;
    return [code, { code, status: statusOfKind[kind], title, rule, ...OF_THE_OCCURRENCE, ...generalWords(definition) }];
  }),
]);

const internal = shellProblems.get('internal') as ProblemType;

/** The body to answer. A code that nobody declared is answered as an unexpected fault. */
export function problemOf(
  code: string,
  parts: ProblemParts,
  context: { readonly correlationId: string; readonly simulated: boolean },
): Problem {
  const known = problemTypes.get(code);
  const type = known ?? internal;
  return {
    type: `/problems/${type.code}`,
    code: type.code,
    title: type.title,
    status: type.status,
    detail: (known && parts.detail) ?? type.detail,
    next: (known && parts.next) ?? type.next,
    ...(type.rule === undefined ? {} : { rule: type.rule }),
    ...(known && parts.errors ? { errors: parts.errors } : {}),
    ...(known && parts.erasedAt ? { erasedAt: parts.erasedAt } : {}),
    ...(known && parts.proof ? { proof: parts.proof } : {}),
    correlationId: context.correlationId,
    ...(context.simulated ? { simulated: true as const } : {}),
  };
}
