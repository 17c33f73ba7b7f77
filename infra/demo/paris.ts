/** Local times of Paris as ISO 8601 with the offset of that day, without any help from the project's own code. */

const OFFSET = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', timeZoneName: 'longOffset' });

export function parisTime(day: string, time: string): string {
  const noon = new Date(`${day}T12:00:00Z`);
  const offset = /GMT([+-]\d{2}:\d{2})/.exec(OFFSET.format(noon))?.[1] ?? '+01:00';
  return `${day}T${time}:00${offset}`;
}

const LOCAL = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `02/06/2026 10:30` */
export const shown = (instant: unknown): string =>
  typeof instant === 'string' ? LOCAL.format(new Date(instant)).replace(',', '') : '—';

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' });

/** The first weekday on which the story, which begins at 9:00, still lies ahead. National holidays with a fixed date are left out. */
export function nextStoryDay(now: string): string {
  const ahead = Date.parse(now);
  for (let offset = 0; offset < 15; offset += 1) {
    const day = DAY.format(new Date(ahead + offset * 86_400_000));
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    const closed = weekday === 0 || weekday === 6 || FIXED.has(day.slice(5));
    if (!closed && Date.parse(parisTime(day, '08:45')) > ahead) return day;
  }
  throw new Error('no weekday within a fortnight');
}
const FIXED = new Set(['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']);
