import type { ProposedParameter } from './evidence.js';
import { type CharterParameters, fallbackParameters } from './parameters.js';
import { type CharterProblem, findProblems } from './problems.js';
import { articleOf, parameterNames, readings } from './readings.js';
import { sentencesOf } from './sentences.js';
import type { CharterStructure } from './structure.js';

export interface CharterProposal {
  readonly parameters: readonly ProposedParameter[];
  /** Everything that must be accepted by id before the text may be published. */
  readonly problems: readonly CharterProblem[];
}

/** What the rules would read from the text, with the words that say so, and what it lacks or says twice. */
export function proposeParameters(structure: CharterStructure): CharterProposal {
  const sentences = sentencesOf(structure);
  const parameters = parameterNames.map((name): ProposedParameter => {
    const evidence = readings(name, sentences);
    const distinct = new Set(evidence.map(({ value }) => JSON.stringify(value)));
    return { name, value: distinct.size === 1 ? evidence[0]?.value : undefined, evidence };
  });
  return { parameters, problems: findProblems(structure, parameters) };
}

/** The proposed values alone; names without a clear value are absent. */
export const clearParameters = ({ parameters }: CharterProposal): Partial<CharterParameters> =>
  Object.fromEntries(parameters.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

/**
 * The values that apply when nobody gives others: what the text says; of values that disagree the one of the
 * parameter's own article; where it is silent, the fallback.
 */
export function defaultParameters({ parameters }: CharterProposal): CharterParameters {
  const values = parameters.flatMap(({ name, value, evidence }) => {
    const own = evidence.find(({ where }) => where === articleOf(name)) ?? evidence[0];
    const chosen = value ?? own?.value;
    return chosen === undefined ? [] : [[name, chosen]];
  });
  return { ...fallbackParameters, ...(Object.fromEntries(values) as Partial<CharterParameters>) };
}
