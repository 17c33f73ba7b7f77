import { z } from 'zod';
import type { Sealed } from './sealed.js';
import { type Instant, isInstant, isLocalDate, type LocalDate } from './time.js';

/** One field of an event: its schema and, if it is personal data, where it is sealed. */
export interface Field<T, P extends boolean = boolean, O extends boolean = boolean> {
  readonly schema: z.ZodType<T>;
  readonly personal: P extends true ? PersonalMark : undefined;
  readonly optional: O;
}

/**
 * The purpose of a key cell. All but `identity` are bound to one thing, found in the data field `<purpose>Id`
 * (`session` → `sessionId`).
 */
export type CellPurpose = 'identity' | 'request' | 'session' | 'complaint' | 'rights' | 'letter' | 'incident';

export interface PersonalMark {
  readonly cell: CellPurpose;
  /** True: sealed in a cell of its own below its purpose's cell, so that it can be struck out alone (A1). */
  readonly strikeable: boolean;
  /** What kind of data, in the words of the processing register (GDPR art. 30). */
  readonly category: string;
}

type Required<T> = Field<T, false, false>;
const field = <T>(schema: z.ZodType<T>): Required<T> => ({ schema, personal: undefined, optional: false });

/** Text without control characters (line feed and tab allowed), trimmed length 1 to `max` UTF-16 units. */
export const text = (max = 2000): Required<string> =>
  field(
    z
      .string()
      .min(1)
      .max(max)
      .refine(
        (value) => value.trim().length > 0 && value.isWellFormed() && !CONTROL.test(value),
        'blank or control characters',
      ),
  );
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are refused
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** A whole text kept to the letter: any character but NUL, form feeds and byte-order mark included. */
export const exactText = (max: number): Required<string> =>
  field(
    z
      .string()
      .min(1)
      .max(max)
      .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'not well-formed text'),
  );

/** An opaque identifier: 1–80 characters of `A–Z a–z 0–9 . _ -`. */
export const id = (): Required<string> => field(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/));
export const instant = (): Required<Instant> =>
  field(z.custom<Instant>((v) => typeof v === 'string' && isInstant(v)).meta({ type: 'string', format: 'date-time' }));
export const localDate = (): Required<LocalDate> =>
  field(z.custom<LocalDate>((v) => typeof v === 'string' && isLocalDate(v)).meta({ type: 'string', format: 'date' }));
export const integer = (min = 0, max = Number.MAX_SAFE_INTEGER): Required<number> => field(z.int().min(min).max(max));
export const flag = (): Required<boolean> => field(z.boolean());
export const oneOf = <const V extends readonly [string, ...string[]]>(...values: V): Required<V[number]> =>
  field(z.enum(values) as unknown as z.ZodType<V[number]>);
/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256 = (): Required<string> => field(z.string().regex(/^[0-9a-f]{64}$/));
export const list = <T>(item: Field<T, false, false>, max = 200): Required<readonly T[]> =>
  field(z.array(item.schema).max(max).readonly() as unknown as z.ZodType<readonly T[]>);

export type Fields = Readonly<Record<string, Field<unknown>>>;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K]['optional'] extends true ? K : never }[keyof F];
type ValueOf<F> = F extends Field<infer T> ? T : never;
type Flatten<T> = { readonly [K in keyof T]: T[K] };

/** The data as written by a decider: personal values readable, not yet stored. */
export type PlainData<F extends Fields> = Flatten<
  { [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & { [K in OptionalKeys<F>]?: ValueOf<F[K]> }
>;

type SealedValueOf<F> = F extends Field<infer T, infer P> ? (P extends true ? Sealed<T> : T) : never;
/** The data as stored and as read by `evolve` and by projections: personal values sealed. */
export type SealedData<F extends Fields> = Flatten<
  { [K in Exclude<keyof F, OptionalKeys<F>>]: SealedValueOf<F[K]> } & { [K in OptionalKeys<F>]?: SealedValueOf<F[K]> }
>;

/** A nested object without personal parts of its own (mark the whole field personal instead). */
export const shape = <F extends Readonly<Record<string, Field<unknown, false>>>>(fields: F): Required<PlainData<F>> =>
  field(schemaOf(fields) as unknown as z.ZodType<PlainData<F>>);

export const optional = <T, P extends boolean>(inner: Field<T, P, false>): Field<T, P, true> =>
  ({ ...inner, optional: true }) as Field<T, P, true>;

/** Marks a field as personal data: sealed before it is stored, under the cell of its purpose. */
export const personal = <T>(
  inner: Field<T, false, false>,
  mark: { readonly cell: CellPurpose; readonly category: string; readonly strikeable?: boolean },
): Field<T, true, false> => ({
  schema: inner.schema,
  optional: false,
  personal: { cell: mark.cell, category: mark.category, strikeable: mark.strikeable ?? false },
});

/** The strict object schema of a set of fields: unknown properties are refused. */
export function schemaOf(fields: Fields): z.ZodType<Record<string, unknown>> {
  const entries = Object.entries(fields).map(([name, one]) => [
    name,
    one.optional ? one.schema.optional() : one.schema,
  ]);
  return z.strictObject(Object.fromEntries(entries)) as unknown as z.ZodType<Record<string, unknown>>;
}
