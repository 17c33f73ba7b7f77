import { randomInt } from 'node:crypto';
import type { AnyEvent, EventDefinition } from '#kernel/define-event.js';
import type { Planted } from '../../apps/cli/leak-scan/scan.js';
import type { Json } from '../demo/http-client.js';

/** Puts a token of its own into every free text field of every request, found in the service's OpenAPI document. */
export interface Planter {
  /** The body with a token in each text field that is personal or that no event declares; the others as given. */
  fill(method: string, path: string, body: Json): Json;
  /** A new token, noted. `ascii` for places that take nothing else. */
  token(where: string, kind?: 'ascii'): string;
  readonly planted: readonly Planted[];
  /** `POST /address.field` of every text field of the API that no body has filled yet. */
  unfilled(): readonly string[];
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly maxLength?: number;
}

/** @param definitions every declared event: what is stored in the clear by design is read from them */
export function planter(openApi: Json, definitions: readonly EventDefinition[]): Planter {
  const planted: Planted[] = [];
  const clear = clearTextFields(definitions);
  const token: Planter['token'] = (where, kind) => {
    const made = kind === 'ascii' ? `q${letters(14)}` : `q${letters(5)}é${letters(5)}ù${letters(4)}`;
    planted.push({ token: made, where });
    return made;
  };
  const resolve = (schema: Schema): Schema => {
    const target = schema.$ref ?? schema.allOf?.[0]?.$ref;
    if (target === undefined) return schema;
    const path = target.replace(/^#\//, '').split('/');
    return path.reduce<unknown>((at, part) => (at as Json)[part], openApi) as Schema;
  };
  const filledPlaces = new Set<string>();
  const isListOfText = (field: Schema): boolean => field.items !== undefined && isFreeText(resolve(field.items));
  const textPlaces = (schema: Schema, where: string): readonly string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
      const field = resolve(property);
      if (field.properties !== undefined) return textPlaces(field, `${where}.${name}`);
      return !clear.has(name) && (isFreeText(field) || isListOfText(field)) ? [`${where}.${name}`] : [];
    });
  const fillObject = (given: Json, schema: Schema, where: string): Json => {
    const filled: Record<string, unknown> = { ...given };
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const field = resolve(property);
      const place = `${where}.${name}`;
      const single = isFreeText(field);
      if (!clear.has(name) && (single || isListOfText(field))) {
        filled[name] = single ? token(place).slice(0, field.maxLength) : [token(place)];
        filledPlaces.add(place);
      } else if (field.properties !== undefined && given[name] !== undefined)
        filled[name] = fillObject(given[name] as Json, field, place);
    }
    return filled;
  };
  return {
    planted,
    token,
    fill(method, path, body) {
      const { schema, place } = bodySchema(openApi, method, path);
      return schema === undefined ? body : fillObject(body, resolve(schema), place);
    },
    unfilled() {
      const places = bodies(openApi).flatMap(({ schema, place }) => (schema ? textPlaces(resolve(schema), place) : []));
      return places.filter((place) => !filledPlaces.has(place) && !NOT_PERSONAL.has(place));
    },
  };
}

/** Texts that are published: no token goes there. */
const NOT_PERSONAL: ReadonlySet<string> = new Set(['POST /charter/versions.text']);

const letters = (count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join('');

const isFreeText = (schema: Schema): boolean =>
  schema.type === 'string' && schema.enum === undefined && schema.format === undefined && schema.pattern === undefined;

interface BodyOf {
  /** `POST /members/{memberId}/identity`. */
  readonly place: string;
  readonly pattern: RegExp;
  readonly schema: Schema | undefined;
}

/** Every operation below `/api/v1` with the schema of its body. */
function bodies(openApi: Json): readonly BodyOf[] {
  const paths = openApi.paths as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const content = (operation.requestBody as Json | undefined)?.content as Json | undefined;
      const schema = (content?.['application/json'] as Json | undefined)?.schema as Schema | undefined;
      const place = `${method.toUpperCase()} ${template.replace('/api/v1', '')}`;
      return { place, schema, pattern: new RegExp(`^${place.replace(/\{[^}]+\}/g, '[^/]+')}$`) };
    }),
  );
}

/** By the path as sent: `/members/abc/identity` is `/members/{memberId}/identity`. Exact addresses come before patterns. */
function bodySchema(openApi: Json, method: string, path: string): BodyOf {
  const fitting = bodies(openApi).filter(({ pattern }) => pattern.test(`${method} ${path}`));
  const found = fitting.find(({ place }) => !place.includes('{')) ?? fitting[0];
  if (found === undefined) throw new Error(`${method} ${path} is not in the OpenAPI document`);
  return found;
}

/** Names of text fields that events keep readable and that are personal nowhere: references, labels, versions. */
function clearTextFields(definitions: readonly EventDefinition[]): ReadonlySet<string> {
  const all = definitions.flatMap(({ data }) => Object.entries(data));
  const personal = new Set(all.filter(([, field]) => field.personal).map(([name]) => name));
  return new Set(all.map(([name]) => name).filter((name) => !personal.has(name)));
}

/** `Type.field` of every personal field that is declared, and of every one that these events carry. */
export const personalFields = (definitions: readonly EventDefinition[]): ReadonlySet<string> =>
  new Set(
    definitions.flatMap(({ type, data }) =>
      Object.entries(data).flatMap(([name, field]) => (field.personal ? [`${type}.${name}`] : [])),
    ),
  );

export const personalFieldsIn = (events: readonly AnyEvent[], declared: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    events
      .flatMap(({ type, data }) => Object.keys(data).map((name) => `${type}.${name}`))
      .filter((one) => declared.has(one)),
  );
