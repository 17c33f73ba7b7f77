/**
 * Time as the core knows it: text, never Date objects, so that what is stored and what is computed are the same value.
 * Arithmetic with zones lives in `domain/charter/calendar`; here are only the shapes.
 */

declare const instantBrand: unique symbol;
/** A moment in UTC with milliseconds: `2026-06-02T07:30:00.000Z`. Compares correctly as text. */
export type Instant = string & { readonly [instantBrand]: true };

declare const localDateBrand: unique symbol;
/** A calendar day in Europe/Paris: `2026-06-02`. Compares correctly as text. */
export type LocalDate = string & { readonly [localDateBrand]: true };

const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const LOCAL_DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** True for the one stored form of an instant; false for any other ISO 8601 spelling. */
export const isInstant = (text: string): text is Instant => INSTANT.test(text) && !Number.isNaN(Date.parse(text));

/** True for an existing day of the calendar (2026-02-30 is refused). */
export function isLocalDate(text: string): text is LocalDate {
  if (!LOCAL_DATE.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/**
 * Reads any ISO 8601 date-time that carries an offset or Z and gives its stored form.
 * @returns undefined when the text is no date-time or leaves the offset out (a local time alone is ambiguous)
 */
export function toInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  if (!isLocalDate(text.slice(0, 10))) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : fromEpochMilliseconds(time);
}

/** @param milliseconds since 1970-01-01T00:00:00Z, within the years 0000–9999 */
export const fromEpochMilliseconds = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const toEpochMilliseconds = (instant: Instant): number => Date.parse(instant);

/** The same instant moved by a number of milliseconds (negative moves back). */
export const plusMilliseconds = (instant: Instant, milliseconds: number): Instant =>
  fromEpochMilliseconds(toEpochMilliseconds(instant) + milliseconds);
