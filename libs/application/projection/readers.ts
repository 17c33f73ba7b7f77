import type { ViewDefinition } from '#views/view.js';

/** Views by the streams that they read: asked once for each category of streams, where views name whole categories. */
export function readersOf<T extends { readonly view: ViewDefinition }>(
  those: readonly T[],
): (stream: string) => readonly T[] {
  const reading = (stream: string) =>
    those.filter(({ view }) => view.streamPrefixes.some((prefix) => stream.startsWith(prefix)));
  if (!those.every(({ view }) => view.streamPrefixes.every((prefix) => prefix.indexOf('-') === prefix.length - 1)))
    return reading;
  const known = new Map<string, readonly T[]>();
  return (stream) => {
    const category = stream.slice(0, stream.indexOf('-') + 1);
    let found = known.get(category);
    if (!found) {
      found = reading(stream);
      known.set(category, found);
    }
    return found;
  };
}

/** Prefixes of all streams that any of the views reads, each once. */
export const prefixesOf = (those: readonly { readonly view: ViewDefinition }[]): readonly string[] => [
  ...new Set(those.flatMap(({ view }) => view.streamPrefixes)),
];
