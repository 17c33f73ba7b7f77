import { z } from 'zod';
import type { SubscriberTopic } from '#domain/subscriber/codes.js';
import type { AnySealedEvent, EventDefinition } from '#kernel/define-event.js';
import { type Fields, type SealedData, schemaOf } from '#kernel/field.js';

/**
 * One type of event as it leaves the house: a stored event on the way out. Nothing of it is stored a second time.
 * Types, versions and names of fields are a contract with others: a new shape is a new version beside the old one.
 */
export interface FeedEvent {
  /** `fr.temoin.<topic>.<what>.v<version>`. */
  readonly type: string;
  /** What a subscriber may ask for; `data`: a notice, which goes to all of them (GDPR 19). */
  readonly topic: SubscriberTopic | 'data';
  readonly version: number;
  readonly of: EventDefinition;
  /** What it is about: `session` and the field that holds its id. */
  readonly about: readonly [kind: string, field: string];
  readonly doc: string;
  /** What is carried, as fields that hold ids, dates and codes alone. */
  readonly fields: Fields;
  /** The public data. Undefined: this one concerns nobody outside. */
  readonly data: (event: AnySealedEvent) => Readonly<Record<string, unknown>> | undefined;
}

/** Names of the fields of an event that are not personal. A personal one cannot be named: it does not compile. */
export type Readable<F extends Fields> = {
  [K in keyof F]: F[K]['personal'] extends undefined ? K : never;
}[keyof F] &
  string;

interface Published<F extends Fields> {
  readonly topic: SubscriberTopic | 'data';
  readonly what: string;
  readonly version?: number;
  readonly about: readonly [kind: string, field: Readable<F>];
  readonly doc: string;
  readonly carries: readonly Readable<F>[];
}

/** Carries fields of a stored event as they are. @throws TypeError when one of them might hold words */
export function published<const T extends string, F extends Fields>(
  of: EventDefinition<T, F>,
  given: Published<F>,
): FeedEvent {
  const names: readonly string[] = given.carries;
  const fields = Object.fromEntries(names.flatMap((name) => (of.data[name] ? [[name, of.data[name]]] : []))) as Fields;
  return declared(of, given, fields, ({ data }) =>
    Object.fromEntries(names.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]]))),
  );
}

/** Computes what is carried from a stored event. @throws TypeError when a field of it might hold words */
export function derived<const T extends string, F extends Fields>(
  of: EventDefinition<T, F>,
  given: Omit<Published<F>, 'carries'>,
  fields: Fields,
  data: (event: SealedData<F>) => Readonly<Record<string, unknown>> | undefined,
): FeedEvent {
  return declared(of, given, fields, (event) => data(event.data as SealedData<F>));
}

function declared<F extends Fields>(
  of: EventDefinition,
  { topic, what, version = 1, about, doc }: Omit<Published<F>, 'carries'>,
  fields: Fields,
  data: FeedEvent['data'],
): FeedEvent {
  const type = `fr.temoin.${topic}.${what}.v${version}`;
  const properties = propertiesOf(fields);
  for (const [name, field] of Object.entries(fields)) {
    if (field.personal) throw new TypeError(`${type} may not carry ${name}: it is personal data`);
    const fault = wordsIn(name, properties[name] ?? {});
    if (fault) throw new TypeError(`${type} may not carry ${name}: ${fault}`);
  }
  if (!(about[1] in fields)) throw new TypeError(`${type} does not carry what it is about`);
  return { type, topic, version, of, about, doc, fields, data };
}

/** Ids that the service draws itself, and those of charters, which are published. An id that people type in is a word. */
const OWN_IDS =
  /^(member|session|request|complaint|destruction|charterVersion|consentEvent)Id$|^(sessions|requests|complaints)$/;

/** JSON Schema 2020-12 of each field. */
export const propertiesOf = (fields: Fields): Readonly<Record<string, PropertySchema>> =>
  (z.toJSONSchema(schemaOf(fields), { unrepresentable: 'any' }).properties ?? {}) as Readonly<
    Record<string, PropertySchema>
  >;

export type PropertySchema = Readonly<Record<string, unknown>>;

/** Why a field may hold words; undefined where it holds dates, codes, numbers, truths or opaque ids. */
function wordsIn(name: string, schema: PropertySchema): string | undefined {
  const { type } = schema;
  if (Array.isArray(schema.enum) || type === 'boolean' || type === 'integer') return undefined;
  if (type === 'array') return wordsIn(name, (schema.items ?? {}) as PropertySchema);
  if (type === 'string' && (schema.format === 'date-time' || schema.format === 'date')) return undefined;
  if (type === 'string' && schema.pattern !== undefined)
    return OWN_IDS.test(name) ? undefined : 'an id that is not of the service’s own making';
  return 'it may hold free text';
}
