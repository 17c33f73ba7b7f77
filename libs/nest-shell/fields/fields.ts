import { Transform } from 'class-transformer';
import { id as idField, text as textField } from '#kernel/field.js';
import { isInstant, isLocalDate, toInstant } from '#kernel/time.js';
import { all, type Check, checked, type FieldOptions, listCheck } from './checked.js';

/** The fields of which request bodies are made. What they let through, the events' schemas let through. */

export const textCheck = (max: number): Check => {
  const { schema } = textField(max);
  return (value) => {
    if (typeof value !== 'string') return 'Un texte est attendu.';
    if (value.length > max) return `Le texte dépasse ${max} caractères.`;
    if (value.trim().length === 0) return 'Le texte ne peut pas être vide.';
    return schema.safeParse(value).success ? undefined : 'Le texte contient des caractères non admis.';
  };
};

/** Text with at least one visible character, and no control characters but tab and line ends. */
export const Text = (max: number, options: FieldOptions): PropertyDecorator =>
  checked('text', textCheck(max), { type: String, minLength: 1, maxLength: max }, options);

export const TextList = (min: number, max: number, length: number, options: FieldOptions): PropertyDecorator =>
  checked(
    'textList',
    listCheck(min, max, textCheck(length)),
    { type: 'array', items: { type: 'string', minLength: 1, maxLength: length }, minItems: min, maxItems: max },
    options,
  );

export const ID_PATTERN = '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$';
const idSchema = idField().schema;
export const idCheck: Check = (value) =>
  typeof value === 'string' && idSchema.safeParse(value).success
    ? undefined
    : 'Une référence est attendue : lettres, chiffres, points et tirets, 80 caractères au plus.';

/** The opaque reference of something recorded earlier. */
export const Id = (options: FieldOptions): PropertyDecorator =>
  checked('id', idCheck, { type: String, pattern: ID_PATTERN }, options);

export const IdList = (min: number, max: number, options: FieldOptions): PropertyDecorator =>
  checked(
    'idList',
    listCheck(min, max, idCheck),
    { type: 'array', items: { type: 'string', pattern: ID_PATTERN }, minItems: min, maxItems: max },
    options,
  );

const momentCheck: Check = (value) =>
  typeof value === 'string' && isInstant(value)
    ? undefined
    : 'Une date avec heure et décalage est attendue, par exemple 2026-06-02T09:30:00+02:00.';

/** ISO 8601 with offset, taken on in UTC. A local time alone is ambiguous and refused. */
export const Moment = (options: FieldOptions): PropertyDecorator =>
  all(
    Transform(({ value }) => (typeof value === 'string' ? (toInstant(value) ?? value) : value)),
    checked('moment', momentCheck, { type: String, format: 'date-time' }, { example: MOMENT, ...options }),
  );
export const MOMENT = '2026-06-02T09:30:00+02:00';

const dayCheck: Check = (value) =>
  typeof value === 'string' && isLocalDate(value) ? undefined : 'Un jour existant est attendu, par exemple 2026-06-02.';

/** A day of the calendar in Europe/Paris. */
export const Day = (options: FieldOptions): PropertyDecorator =>
  checked('day', dayCheck, { type: String, format: 'date' }, { example: '2026-06-02', ...options });

export const Flag = (options: FieldOptions): PropertyDecorator =>
  checked(
    'flag',
    (value) => (typeof value === 'boolean' ? undefined : 'true ou false est attendu.'),
    { type: Boolean },
    options,
  );

const wholeCheck =
  (min: number, max: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? undefined
      : `Un nombre entier de ${min} à ${max} est attendu.`;

/** @param read from what was sent to a number: what stands in an address is text */
export const Whole = (
  min: number,
  max: number,
  options: FieldOptions,
  read: (value: unknown) => unknown = (value) => value,
): PropertyDecorator =>
  all(
    Transform(({ value }) => read(value)),
    checked('whole', wholeCheck(min, max), { type: 'integer', minimum: min, maximum: max }, options),
  );

/** Digits in an address as a number; anything else as it is, to be refused. */
export const digits =
  (most: number) =>
  (value: unknown): unknown =>
    typeof value === 'string' && value.length <= most && /^\d+$/.test(value) ? Number(value) : value;

export const WholeList = (min: number, max: number, items: number, options: FieldOptions): PropertyDecorator =>
  checked(
    'wholeList',
    listCheck(1, items, wholeCheck(min, max)),
    { type: 'array', items: { type: 'integer', minimum: min, maximum: max }, minItems: 1, maxItems: items },
    options,
  );

const choiceCheck =
  (values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value) ? undefined : `Valeurs admises : ${values.join(', ')}.`;

export const OneOf = (values: readonly string[], options: FieldOptions): PropertyDecorator =>
  checked('oneOf', choiceCheck(values), { type: String, enum: [...values] }, options);

export const SomeOf = (values: readonly string[], min: number, options: FieldOptions): PropertyDecorator =>
  checked(
    'someOf',
    listCheck(min, values.length, choiceCheck(values)),
    { type: 'array', items: { type: 'string', enum: [...values] }, minItems: min, maxItems: values.length },
    options,
  );

/** Text of a fixed form; `form` is French and names what is expected. */
export const Pattern = (pattern: RegExp, form: string, options: FieldOptions): PropertyDecorator =>
  checked(
    'pattern',
    (value) => (typeof value === 'string' && pattern.test(value) ? undefined : `Format attendu : ${form}.`),
    { type: String, pattern: pattern.source },
    options,
  );
