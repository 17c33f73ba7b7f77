import type { CharterParameters, ParameterName } from './parameters.js';

/** One place of the text that gives a parameter a value. */
export interface ParameterEvidence {
  /** An article's number, `form.4`, `preamble`, `annex`. */
  readonly where: string;
  /** The words as the charter writes them. */
  readonly words: string;
  readonly sentence: string;
  readonly value: CharterParameters[ParameterName];
}

export interface ProposedParameter {
  readonly name: ParameterName;
  /** Undefined when the text says nothing, or two things. */
  readonly value: CharterParameters[ParameterName] | undefined;
  readonly evidence: readonly ParameterEvidence[];
}
