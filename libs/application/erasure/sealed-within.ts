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

/** True when a stored event may hold a value sealed for one of these subjects; told from its bytes, without reading it. */
export function mayConcern(data: Uint8Array, subjects: ReadonlySet<string>): boolean {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  for (let at = bytes.indexOf(CELL); at >= 0; at = bytes.indexOf(CELL, at)) {
    at += CELL.length;
    const end = bytes.indexOf(47, at);
    if (end < 0) return false;
    if (subjects.has(bytes.toString('latin1', at, end))) return true;
  }
  return false;
}
