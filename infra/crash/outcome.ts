/** What a scenario is asked for. */
export interface Asked {
  readonly runs: number;
  readonly seed: number;
  readonly tell: (line: string) => void;
}

/** What came of it: raw, in a sentence, and what must not be. */
export interface Outcome {
  readonly document: object;
  readonly sentence: string;
  readonly faults: readonly string[];
}
