import { type Role, roles } from '#domain/shared/facts.js';
import type { Story } from './slice-story.js';

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

interface FreeField {
  readonly path: Path;
  readonly maxLength: number;
}

/** A request with a body, read from the OpenAPI document: a new field is tried without anybody thinking of it. */
export interface Target {
  readonly method: string;
  readonly address: string;
  readonly role: Role;
  readonly example: Json;
  /** Fields that take any text, and those that take text of one form only. */
  readonly free: readonly FreeField[];
  readonly formed: readonly Path[];
  readonly other: readonly Path[];
}

/** Every operation with a body, its references those of the story. */
export function targetsOf(
  document: { paths: Record<string, Record<string, Json>>; components: Json },
  story: Story,
): readonly Target[] {
  const schemas = document.components.schemas as Record<string, Json>;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]): Target[] => {
      const body = operation.requestBody as
        | { content: { 'application/json': { example: Json; schema: Json } } }
        | undefined;
      if (body === undefined) return [];
      const { example, schema } = body.content['application/json'];
      const fields = fieldsOf(schema, schemas);
      const role = roles.find(
        (one) => String(operation.description).includes(`${one},`) || String(operation.description).includes(`${one}.`),
      );
      return [
        {
          method: method.toUpperCase(),
          address: path.replace(/\{(\w+)\}/g, (_, name) =>
            String(referenceOf(path, name, { ...story, staffId: story.technicianId }) ?? 'nothing'),
          ),
          role: role ?? 'Director',
          example: { ...example, ...referencesIn(example, story) },
          free: fields.filter(({ kind }) => kind === 'free'),
          formed: fields.filter(({ kind }) => kind === 'formed').map((one) => one.path),
          other: fields.filter(({ kind }) => kind === 'other').map((one) => one.path),
        },
      ];
    }),
  );
}

/** Reports of a request's texts have references of their own. */
const referenceOf = (path: string, name: string, known: Readonly<Record<string, unknown>>): unknown =>
  path.includes('/requests/') && name === 'strikeOutId' ? known.requestStrikeOutId : known[name];

/** The free fields that a text is not too long for; all of them when it is too long for each. */
export function wide({ free }: Target, text: string): readonly Path[] {
  const fitting = free.filter((one) => text.length <= one.maxLength);
  return (fitting.length > 0 ? fitting : free).map((one) => one.path);
}

/** References of the story where the example has made-up ones, so that requests reach the domain. */
const referencesIn = (example: Json, story: Story): Json =>
  Object.fromEntries(Object.entries(story).filter(([name]) => name in example));

interface Field extends FreeField {
  readonly kind: 'free' | 'formed' | 'other';
}

function fieldsOf(schema: Json, schemas: Record<string, Json>, above: Path = []): readonly Field[] {
  const reference = schema.$ref ?? (schema.allOf as Json[] | undefined)?.[0]?.$ref;
  if (typeof reference === 'string') return fieldsOf(schemas[reference.split('/').pop() ?? ''] ?? {}, schemas, above);
  if (schema.type === 'object' || schema.properties !== undefined)
    return Object.entries((schema.properties ?? {}) as Record<string, Json>).flatMap(([name, one]) =>
      fieldsOf(one, schemas, [...above, name]),
    );
  if (schema.type === 'array') return fieldsOf(schema.items as Json, schemas, [...above, 0]);
  if (schema.type !== 'string') return [{ path: above, maxLength: 0, kind: 'other' }];
  const formed = schema.pattern !== undefined || schema.enum !== undefined || schema.format !== undefined;
  return [{ path: above, maxLength: Number(schema.maxLength), kind: formed ? 'formed' : 'free' }];
}

/** The example with a value in the place of each of the paths. */
export function withAll(example: Json, paths: readonly Path[], value: unknown): unknown {
  let body: unknown = structuredClone(example);
  for (const path of paths) body = withOne(body, path, value);
  return body;
}

function withOne(body: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') return [withOne((body as unknown[] | undefined)?.[step], rest, value)];
  return { ...(body as Json | undefined), [step]: withOne((body as Json | undefined)?.[step], rest, value) };
}
