import type { CivilTime } from '#domain/calendar/civil-time.js';
import type { Instant, LocalDate } from '#kernel/time.js';

const weekdays = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const;

/** « vendredi 5 juin » ; « vendredi 1er mai » ; with the year when asked for. */
export function frenchDate(date: LocalDate, civilTime: CivilTime, options: { readonly year?: boolean } = {}): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const name = `${weekdays[civilTime.weekday(date) - 1]} ${day === 1 ? '1er' : day} ${months[month - 1]}`;
  return options.year ? `${name} ${year}` : name;
}

/** « vendredi 5 juin 2026, 18 h 05 » as the clock on the wall in Paris shows it. */
export function frenchMoment(instant: Instant, civilTime: CivilTime): string {
  const { date, time } = civilTime.toLocal(instant);
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const clock = minute === 0 ? `${hour} h` : `${hour} h ${String(minute).padStart(2, '0')}`;
  return `${frenchDate(date, civilTime, { year: true })}, ${clock}`;
}
