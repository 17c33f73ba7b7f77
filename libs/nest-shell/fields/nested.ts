import { checked, type FieldOptions, listCheck } from './checked.js';
import type { BodyClass, Check } from './rules.js';

const objectCheck: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'Un objet est attendu.';

/** An object with fields of its own. Swagger knows a lazy type by its name, `type`: hence the functions written in place. */
export const Nested = (type: () => BodyClass, options: FieldOptions): PropertyDecorator =>
  checked(objectCheck, { type: () => type() }, options, { inner: type });

export const NestedList = (type: () => BodyClass, min: number, max: number, options: FieldOptions): PropertyDecorator =>
  checked(
    listCheck(min, max, objectCheck),
    { type: () => type(), isArray: true, minItems: min, maxItems: max },
    options,
    { inner: type },
  );
