import { z } from 'zod';
import { type Fields, type PlainData, type SealedData, schemaOf } from './field.js';
import type { CellId } from './sealed.js';
import type { Instant } from './time.js';

/**
 * The one declaration of an event. Types, JSON Schema, sealing, log redaction, the catalogue and the processing register
 * derive from it. Type, version and field names are the storage format: once written, never changed; a new shape is a
 * new version with an upcaster.
 */
export interface EventDefinition<T extends string = string, F extends Fields = Fields> {
  readonly type: T;
  readonly version: number;
  /** Name of the data field that holds the data subject's id; undefined when the event is about nobody. */
  readonly subject: string | undefined;
  readonly data: F;
  /** What happened, in one English sentence. */
  readonly doc: string;
  /** Charter rules that this fact serves (`charter:3.1a`). */
  readonly rules: readonly string[];
  readonly schema: z.ZodType<Record<string, unknown>>;
}

export function defineEvent<const T extends string, F extends Fields>(declaration: {
  readonly type: T;
  readonly version: number;
  readonly subject?: keyof F & string;
  readonly doc: string;
  readonly rules?: readonly string[];
  readonly data: F;
}): EventDefinition<T, F> {
  const { type, subject, data } = declaration;
  for (const [name, field] of Object.entries(data)) {
    if (!field.personal) continue;
    if (subject === undefined) throw new TypeError(`${type}.${name} is personal data but the event names no subject`);
    const { cell } = field.personal;
    if (cell !== 'identity' && !(`${cell}Id` in data))
      throw new TypeError(`${type}.${name} needs a field ${cell}Id for its cell`);
  }
  return {
    type,
    version: declaration.version,
    subject,
    data,
    doc: declaration.doc,
    rules: declaration.rules ?? [],
    schema: schemaOf(data),
  };
}

/** An event as decided: plain, not yet sealed, without id or time of recording. */
export type EventOf<D> =
  D extends EventDefinition<infer T, infer F>
    ? { readonly type: T; readonly version: number; readonly data: PlainData<F> }
    : never;

/** An event as read back: personal fields sealed, with the time it was recorded and by whom. */
export type SealedEventOf<D> =
  D extends EventDefinition<infer T, infer F>
    ? { readonly type: T; readonly version: number; readonly data: SealedData<F>; readonly meta: EventMeta }
    : never;

export interface EventMeta {
  readonly eventId: string;
  readonly stream: string;
  /** 0 for the first event of the stream. */
  readonly revision: number;
  readonly recordedAt: Instant;
  /** Opaque id of the person who gave the command; `system` for processes. */
  readonly actor: string;
  readonly commandId: string;
}

/** Any event as stored, when the reader does not know the type yet. */
export interface AnySealedEvent {
  readonly type: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: EventMeta;
}
export interface AnyEvent {
  readonly type: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Makes an event of a declaration. */
export const event = <T extends string, F extends Fields>(
  definition: EventDefinition<T, F>,
  data: PlainData<F>,
): { readonly type: T; readonly version: number; readonly data: PlainData<F> } => ({
  type: definition.type,
  version: definition.version,
  data,
});

/**
 * The cell under which a personal field of an event is sealed.
 * @returns undefined when the field is not personal
 * @throws TypeError when the data lacks the subject or the id that the cell needs
 */
export function cellOf(
  definition: EventDefinition,
  data: Readonly<Record<string, unknown>>,
  eventId: string,
  field: string,
): CellId | undefined {
  const mark = definition.data[field]?.personal;
  if (!mark) return undefined;
  const subject = definition.subject === undefined ? undefined : data[definition.subject];
  if (typeof subject !== 'string') throw new TypeError(`${definition.type} has no subject`);
  let cell = `${subject}/${mark.cell}`;
  if (mark.cell !== 'identity') {
    const owner = data[`${mark.cell}Id`];
    if (typeof owner !== 'string') throw new TypeError(`${definition.type} has no ${mark.cell}Id`);
    cell += `:${owner}`;
  }
  return (mark.strikeable ? `${cell}/${eventId}.${field}` : cell) as CellId;
}

/** JSON Schema 2020-12 of the event's data before sealing; personal fields carry `x-personal-data` with their cell. */
export function jsonSchemaOf(definition: EventDefinition): Record<string, unknown> {
  const schema = z.toJSONSchema(definition.schema, { unrepresentable: 'any' }) as {
    properties?: Record<string, Record<string, unknown>>;
  };
  for (const [name, field] of Object.entries(definition.data)) {
    const property = schema.properties?.[name];
    if (field.personal && property) property['x-personal-data'] = { ...field.personal };
  }
  return {
    ...schema,
    $id: `temoin:event:${definition.type}:${definition.version}`,
    title: definition.type,
    description: definition.doc,
  };
}
