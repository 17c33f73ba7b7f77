import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { absentAllowed, all, type Check, checkOnly, documented, type FieldOptions, listCheck } from './checked.js';

type Constructor = new () => object;

const OBJECT = 'Un objet est attendu.';
const objectCheck: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : OBJECT;

/** An object with fields of its own. Swagger knows a lazy type by its name, `type`: hence the functions written in place. */
export const Nested = (type: () => Constructor, options: FieldOptions): PropertyDecorator =>
  nested(type, checkOnly('object', objectCheck), { type: () => type() }, options);

export const NestedList = (
  type: () => Constructor,
  min: number,
  max: number,
  options: FieldOptions,
): PropertyDecorator =>
  nested(
    type,
    checkOnly('objects', listCheck(min, max, objectCheck)),
    { type: () => type(), isArray: true, minItems: min, maxItems: max },
    options,
  );

const nested = (
  type: () => Constructor,
  check: PropertyDecorator,
  schema: Parameters<typeof documented>[0],
  options: FieldOptions,
): PropertyDecorator =>
  all(
    check,
    ValidateNested({ message: OBJECT }),
    Type(type),
    ...(options.optional ? [absentAllowed] : []),
    documented(schema, options),
  );
