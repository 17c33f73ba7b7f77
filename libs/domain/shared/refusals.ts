import { defineRefusal, type Refusal } from '#kernel/refusal.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { CivilTime } from '../calendar/civil-time.js';

export const datesReversed = defineRefusal({
  code: 'dates-reversed',
  kind: 'input',
  title: 'The last day comes before the first',
  detail: 'La date de fin précède la date de début.',
  next: 'Corrigez l’une des deux dates.',
});

export const dateInFuture = defineRefusal({
  code: 'date-in-future',
  kind: 'input',
  title: 'A fact cannot be dated in the future',
  detail: 'Un fait déjà accompli ne peut pas porter une date à venir.',
  next: 'Indiquez la date à laquelle c’est arrivé.',
});

/** Refuses a last day before the first one; a period without last day is open. */
export const refuseReversed = (
  from: LocalDate,
  until: LocalDate | undefined,
  pointer = '/until',
): Refusal | undefined =>
  until !== undefined && until < from ? datesReversed(undefined, [{ pointer, detail: 'avant le début' }]) : undefined;

/** Refuses a day that has not begun in Paris. */
export const refuseFutureDay = (
  day: LocalDate,
  { now, time }: { readonly now: Instant; readonly time: CivilTime },
  pointer: string,
): Refusal | undefined =>
  day > time.toLocal(now).date ? dateInFuture(undefined, [{ pointer, detail: 'date à venir' }]) : undefined;

export const refuseFutureInstant = (at: Instant, now: Instant, pointer: string): Refusal | undefined =>
  at > now ? dateInFuture(undefined, [{ pointer, detail: 'date à venir' }]) : undefined;
