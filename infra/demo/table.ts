/** Plain text tables that fit a terminal: long cells are wrapped by words. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[], widest = 44): string {
  const cells = rows.map((row) => headers.map((_, column) => wrap(row[column] ?? '', widest)));
  const widths = headers.map((header, column) =>
    Math.max(header.length, ...cells.flatMap((row) => (row[column] ?? []).map((line) => line.length)), 1),
  );
  const line = (parts: readonly string[]) =>
    parts
      .map((part, column) => part.padEnd(widths[column] ?? 0))
      .join(' │ ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('─┼─');
  const body = cells.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, index) => line(row.map((cell) => cell[index] ?? '')));
  });
  return [line(headers), rule, ...body].join('\n');
}

function wrap(text: string, widest: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > widest) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
    while (current.length > widest) {
      lines.push(current.slice(0, widest));
      current = current.slice(widest);
    }
  }
  return [...lines, current];
}
