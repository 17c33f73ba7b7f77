import { pointerPart } from '../http/json-body.js';
import type { ProblemPointer } from '../problems/problem.js';
import { fault } from '../problems/problem-fault.js';
import type { ShellProblemCode } from '../problems/shell-problems.js';
import { type BodyClass, type Rule, rulesOf } from './rules.js';

const MAX_POINTERS = 50;
const REQUIRED = 'Cet élément est obligatoire.';
const UNKNOWN = 'Propriété inconnue.';

type Data = Record<string, unknown>;

/**
 * Turns a parsed body into the typed plain data of a body class: nothing unknown, nothing missing, times in UTC.
 * @param where the problem to answer and what stands before each pointer; a body's by default
 * @throws ProblemFault with a pointer for each thing that is wrong
 */
export function readBody<T extends object>(
  type: new () => T,
  body: unknown,
  where: { readonly code: ShellProblemCode; readonly above: string } = { code: 'validation-failed', above: '' },
): T {
  const { code, above } = where;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw fault(code, { errors: [{ pointer: above, detail: 'Un objet JSON est attendu.' }] });
  const errors: ProblemPointer[] = [];
  const read = readObject(type, body as Data, above, errors);
  if (errors.length > 0) throw fault(code, { errors: errors.slice(0, MAX_POINTERS) });
  return read as T;
}

function readObject(type: BodyClass, given: Data, above: string, errors: ProblemPointer[]): Data {
  const rules = rulesOf(type);
  for (const name of Object.keys(given))
    if (!rules.has(name)) errors.push({ pointer: `${above}/${pointerPart(name)}`, detail: UNKNOWN });
  const read: Data = {};
  for (const rule of rules.values()) {
    const value = given[rule.name];
    if (value !== undefined) read[rule.name] = readField(rule, value, above, errors);
    else if (!rule.optional) errors.push({ pointer: `${above}/${rule.name}`, detail: REQUIRED });
  }
  return read;
}

function readField({ name, check, read, inner }: Rule, given: unknown, above: string, errors: ProblemPointer[]) {
  const value = read ? read(given) : given;
  const found = check(value);
  const pointer = `${above}/${name}`;
  if (found !== undefined) {
    const { at, detail } = typeof found === 'string' ? { at: '', detail: found } : found;
    errors.push({ pointer: `${pointer}${at}`, detail });
    return value;
  }
  if (!inner) return value;
  // the check has seen that it is an object, or a list of objects
  if (!Array.isArray(value)) return readObject(inner(), value as Data, pointer, errors);
  return value.map((one, index) => readObject(inner(), one as Data, `${pointer}/${index}`, errors));
}
