/**
 * The same answer without what entries say: opened values are left out, but for the member's name and number, without
 * which a line says nothing. For whoever gave no purpose.
 */
export function undisclosed<T>(value: T): T {
  return strip(value) as T;
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) =>
      name === 'member' ? [[name, part]] : isOpened(part) ? [] : [[name, strip(part)]],
    ),
  );
}

function isOpened(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Readonly<Record<string, unknown>>;
  return (
    (one.state === 'present' && 'value' in one) ||
    (one.state === 'erased' && 'erasedAt' in one) ||
    (one.state === 'unreadable' && 'fault' in one)
  );
}
