import type { CompactText } from '../shared/folded-text.js';

/** Digits that stand together, and the separators before them. */
export interface DigitGroup {
  readonly digits: string;
  /** Index of the first digit in the compact text. */
  readonly first: number;
  /** What stands between the group before and this one; undefined when they do not belong together. */
  readonly before: string | undefined;
}

const longestGap = 2;

/** Runs of groups of digits that one or two separators hold together; a letter or another sign ends a run. */
export function digitRuns(letters: CompactText): readonly (readonly DigitGroup[])[] {
  const runs: DigitGroup[][] = [];
  let run: DigitGroup[] = [];
  let index = 0;
  while (index < letters.text.length) {
    if (!isDigit(letters.text[index])) {
      index += 1;
      continue;
    }
    const first = index;
    index += 1;
    while (index < letters.text.length && isDigit(letters.text[index]) && letters.gaps[index] === 0) index += 1;
    const gap = letters.gaps[first] ?? Number.POSITIVE_INFINITY;
    const joined = run.length > 0 && isDigit(letters.text[first - 1]) && gap <= longestGap;
    const group = {
      digits: letters.text.slice(first, index),
      first,
      before: joined ? letters.between[first] : undefined,
    };
    if (!joined) {
      run = [];
      runs.push(run);
    }
    run.push(group);
  }
  return runs;
}

const isDigit = (unit: string | undefined): boolean => unit !== undefined && unit >= '0' && unit <= '9';
