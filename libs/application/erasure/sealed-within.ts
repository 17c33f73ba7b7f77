import { isSealed, type Sealed } from '#kernel/sealed.js';

/** Every sealed value inside a JSON value, at any depth. */
export function sealedWithin(value: unknown): readonly Sealed<unknown>[] {
  const found: Sealed<unknown>[] = [];
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Sealed<unknown>[]): void {
  if (isSealed(value)) found.push(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) collect(part, found);
}

const CELL = Buffer.from('"cell":"');
const SLASH = 0x2f;

/** Those of the subjects for whom a stored event may hold sealed values; told from its bytes, without reading it. */
export function subjectsIn(data: Uint8Array, subjects: ReadonlySet<string>): ReadonlySet<string> {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const found = new Set<string>();
  for (let at = bytes.indexOf(CELL); at >= 0; at = bytes.indexOf(CELL, at)) {
    at += CELL.length;
    const end = bytes.indexOf(SLASH, at);
    if (end < 0) break;
    const subject = bytes.toString('latin1', at, end);
    if (subjects.has(subject)) found.add(subject);
  }
  return found;
}
