import { type EventDefinition, jsonSchemaOf } from '#kernel/define-event.js';

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** One value for each field of a declaration, optional ones included: plain, invented, and meeting the declaration. */
export function exampleData(definition: EventDefinition): Readonly<Record<string, unknown>> {
  const schema = jsonSchemaOf(definition) as Schema;
  const data = objectOf(schema);
  const checked = definition.schema.safeParse(data);
  if (!checked.success)
    throw new TypeError(`no example can be made for ${definition.type}; add a case here: ${checked.error.message}`);
  return data;
}

const objectOf = (schema: Schema): Record<string, unknown> =>
  Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, exampleOf(one, name)]));

const PATTERNS = ['exemple-1', '0'.repeat(64), '09:00', 'v1', '1', 'FR', 'exemple'];

function exampleOf(schema: Schema, name: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return exampleOf(schema.anyOf[0] ?? {}, name);
  switch (schema.type) {
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 1, 1) }, () => exampleOf(schema.items ?? {}, name));
    case 'object':
      return objectOf(schema);
    default:
      return textOf(schema, name);
  }
}

function textOf({ format, pattern, minLength = 0, maxLength = 200 }: Schema, name: string): string {
  if (format === 'date-time') return '2026-06-02T07:30:00.000Z';
  if (format === 'date') return '2026-06-02';
  const fitting = pattern === undefined ? undefined : PATTERNS.find((one) => new RegExp(pattern).test(one));
  if (fitting !== undefined) return fitting;
  const sentence = maxLength === 5 ? '09:00' : `Exemple de ${name}`;
  return sentence.padEnd(minLength, '.').slice(0, maxLength);
}
