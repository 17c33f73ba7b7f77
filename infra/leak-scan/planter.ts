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
  const fillObject = (given: Json, schema: Schema, where: string): Json => {
    const filled: Record<string, unknown> = { ...given };
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const field = resolve(property);
      const place = `${where}.${name}`;
      if (isFreeText(field) && !clear.has(name)) filled[name] = token(place).slice(0, field.maxLength);
      else if (field.items !== undefined && isFreeText(resolve(field.items)) && !clear.has(name))
        filled[name] = [token(place)];
      else if (field.properties !== undefined && given[name] !== undefined)
        filled[name] = fillObject(given[name] as Json, field, place);
    }
    return filled;
  };
  return {
    planted,
    token,
    fill(method, path, body) {
      const schema = bodySchema(openApi, method, path);
      return schema === undefined ? body : fillObject(body, resolve(schema), `${method} ${path}`);
    },
  };
}

const letters = (count: number): string =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join('');

const isFreeText = (schema: Schema): boolean =>
  schema.type === 'string' && schema.enum === undefined && schema.format === undefined && schema.pattern === undefined;

/** The schema of a request's body, by the path as sent: `/members/abc/identity` is `/members/{memberId}/identity`. */
function bodySchema(openApi: Json, method: string, path: string): Schema | undefined {
  const paths = openApi.paths as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  for (const [template, operations] of Object.entries(paths)) {
    const pattern = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
    const operation = operations[method.toLowerCase()];
    if (operation === undefined || !pattern.test(`/api/v1${path}`)) continue;
    const content = (operation.requestBody as Json | undefined)?.content as Json | undefined;
    return (content?.['application/json'] as Json | undefined)?.schema as Schema | undefined;
  }
  throw new Error(`${method} ${path} is not in the OpenAPI document`);
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
