import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { type Check, type Rule, ruled } from './rules.js';

export interface FieldOptions {
  /** One English sentence for the API documentation. */
  readonly doc: string;
  readonly optional?: boolean;
  readonly example?: unknown;
}

/** Checks and documents a field. An optional one may be left out; null is no value. */
export const checked = (
  check: Check,
  schema: ApiPropertyOptions,
  options: FieldOptions,
  more: Pick<Rule, 'read' | 'inner'> = {},
): PropertyDecorator => {
  const rule = ruled({ check, optional: options.optional === true, ...more });
  const document = documented(schema, options);
  return (target, property) => {
    rule(target, property);
    document(target, property);
  };
};

const documented = (schema: ApiPropertyOptions, options: FieldOptions): PropertyDecorator =>
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
