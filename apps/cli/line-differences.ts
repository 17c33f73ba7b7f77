export interface LineChange {
  readonly change: 'removed' | 'added';
  /** Counted from 1, in the text that has the line. */
  readonly number: number;
  readonly line: string;
}

/**
 * The lines that differ between two texts, by the longest common subsequence: in the order of the texts, what was removed
 * before what was added. Time and memory grow with the product of the lines that differ; charters have a few hundred.
 */
export function lineDifferences(before: string, after: string): readonly LineChange[] {
  const one = before.split('\n');
  const other = after.split('\n');
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (
    end < one.length - start &&
    end < other.length - start &&
    one[one.length - 1 - end] === other[other.length - 1 - end]
  )
    end += 1;
  return middle(one.slice(start, one.length - end), other.slice(start, other.length - end), start);
}

function middle(one: readonly string[], other: readonly string[], offset: number): readonly LineChange[] {
  const width = other.length + 1;
  const common = new Uint32Array((one.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1)
      common[i * width + j] = one[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: LineChange[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      i += 1;
      j += 1;
    } else if (i < one.length && (j === other.length || at(i + 1, j) >= at(i, j + 1))) {
      changes.push({ change: 'removed', number: offset + i + 1, line: one[i] ?? '' });
      i += 1;
    } else {
      changes.push({ change: 'added', number: offset + j + 1, line: other[j] ?? '' });
      j += 1;
    }
  }
  return changes;
}
