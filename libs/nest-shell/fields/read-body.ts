import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { pointerPart } from '../http/json-body.js';
import type { ProblemPointer } from '../problems/problem.js';
import { fault } from '../problems/problem-fault.js';
import type { ShellProblemCode } from '../problems/shell-problems.js';
import { POINTER_END } from './checked.js';
import { keepFoundRules } from './kept-rules.js';

keepFoundRules();

const MAX_POINTERS = 50;

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
  const instance = plainToInstance(type, body);
  const found = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  if (found.length > 0) throw fault(code, { errors: found.flatMap(pointersOf(above)).slice(0, MAX_POINTERS) });
  return plain(instance) as T;
}

const pointersOf =
  (above: string) =>
  (error: ValidationError): readonly ProblemPointer[] => {
    const pointer = `${above}/${pointerPart(error.property)}`;
    const below = (error.children ?? []).flatMap(pointersOf(pointer));
    if (below.length > 0) return below;
    const [kind, message = ''] = Object.entries(error.constraints ?? {})[0] ?? [];
    if (kind === 'whitelistValidation') return [{ pointer, detail: 'Propriété inconnue.' }];
    const [at, detail] = message.includes(POINTER_END) ? message.split(POINTER_END) : ['', message];
    return [{ pointer: `${pointer}${at}`, detail: detail ?? '' }];
  };

/** Data without classes and without undefined: what a command carries. Names are those that classes declare: others were refused. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const data: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) if (part !== undefined) data[name] = plain(part);
  return data;
}
