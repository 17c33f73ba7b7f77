import { isUtf8 } from 'node:buffer';
import { fault } from '../problems/problem-fault.js';

/** Deeper than any body of this API. */
const MAX_DEPTH = 8;
const POISON = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a request body. Refuses bytes that are no UTF-8, JSON nested too deeply and keys that reach a prototype; without
 * recursion, so that no input can exhaust the stack.
 * @throws ProblemFault `malformed-body` | `validation-failed`
 */
export function readJsonBody(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw fault('malformed-body');
  const text = bytes.toString('utf8', startsWithMark(bytes) ? MARK.length : 0);
  if (depthOf(text) > MAX_DEPTH) throw fault('malformed-body', { detail: 'Le JSON a trop de niveaux d’imbrication.' });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw fault('malformed-body');
  }
  const poisoned = findPoison(body);
  if (poisoned !== undefined)
    throw fault('validation-failed', { errors: [{ pointer: poisoned, detail: 'Nom de propriété refusé.' }] });
  return body;
}

/** A byte-order mark before the JSON says nothing and is passed over. */
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const startsWithMark = (bytes: Buffer): boolean => bytes.subarray(0, MARK.length).equals(MARK);

/** The deepest nesting of braces and brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (inString) {
      if (character === 0x5c) index += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return deepest;
}

/** True when an object has a key that reaches a prototype. */
export const isPoisoned = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).some((name) => POISON.has(name));

/** Pointer to the object that holds a forbidden key; the key itself is not repeated. */
function findPoison(body: unknown): string | undefined {
  const waiting: { readonly value: unknown; readonly pointer: string }[] = [{ value: body, pointer: '' }];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (typeof one.value !== 'object' || one.value === null) continue;
    for (const [name, value] of Object.entries(one.value)) {
      if (POISON.has(name)) return one.pointer;
      if (typeof value === 'object') waiting.push({ value, pointer: `${one.pointer}/${pointerPart(name)}` });
    }
  }
  return undefined;
}

/** One step of a JSON pointer (RFC 6901), cut short: names of properties come from outside. */
export const pointerPart = (name: string): string =>
  name.slice(0, 60).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1');
