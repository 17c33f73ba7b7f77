import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

/** What is wrong with a value, in French, and where below it (`/2`). */
export type Fault = string | { readonly at: string; readonly detail: string };
/** @returns undefined when nothing is wrong */
export type Check = (value: unknown) => Fault | undefined;

export interface FieldOptions {
  /** One English sentence for the API documentation. */
  readonly doc: string;
  readonly optional?: boolean;
  readonly example?: unknown;
}

/** Separates, in class-validator's one message, the pointer below the field from the words. */
export const POINTER_END = '\u0000';
export const REQUIRED = 'Cet élément est obligatoire.';

/** Checks with one function and gives one French message. */
export const checkOnly = (kind: string, check: Check): PropertyDecorator =>
  ValidateBy({
    name: kind,
    validator: {
      validate: (value: unknown) => faultOrMissing(check, value) === undefined,
      defaultMessage: (about) => {
        const found = faultOrMissing(check, about?.value);
        return typeof found === 'object' ? `${found.at}${POINTER_END}${found.detail}` : (found ?? '');
      },
    },
  });

const faultOrMissing = (check: Check, value: unknown): Fault | undefined =>
  value === undefined ? REQUIRED : check(value);

/** Checks and documents a field. An optional one may be left out; null is no value. */
export const checked = (
  kind: string,
  check: Check,
  schema: ApiPropertyOptions,
  options: FieldOptions,
): PropertyDecorator =>
  all(checkOnly(kind, check), ...(options.optional ? [absentAllowed] : []), documented(schema, options));

export const all =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

export const absentAllowed: PropertyDecorator = (target, property) =>
  ValidateIf((holder: Readonly<Record<string | symbol, unknown>>) => holder[property] !== undefined)(target, property);

export const documented = (schema: ApiPropertyOptions, options: FieldOptions): PropertyDecorator =>
  ApiProperty({
    ...schema,
    description: options.doc,
    required: !options.optional,
    ...(options.example === undefined ? {} : { examples: [options.example] }),
  } as ApiPropertyOptions);

/** Checks the length of a list, then each item; points at the first that is wrong. */
export const listCheck =
  (min: number, max: number, item: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'Une liste est attendue.';
    if (value.length < min) return `La liste doit compter au moins ${min} élément${min > 1 ? 's' : ''}.`;
    if (value.length > max) return `La liste dépasse ${max} éléments.`;
    for (const [index, one] of value.entries()) {
      const found = item(one);
      if (found !== undefined)
        return {
          at: `/${index}${typeof found === 'string' ? '' : found.at}`,
          detail: typeof found === 'string' ? found : found.detail,
        };
    }
    return undefined;
  };
