import { isInstant, isLocalDate, toInstant } from './time.js';

describe('time', () => {
  it('keeps one stored form of an instant', () => {
    expect(toInstant('2026-06-02T09:30:00+02:00')).toBe('2026-06-02T07:30:00.000Z');
    expect(isInstant('2026-06-02T07:30:00Z')).toBe(false);
    expect(isInstant('2026-06-02T07:30:00.000Z')).toBe(true);
  });

  it('refuses a date-time without an offset and days that do not exist', () => {
    expect(toInstant('2026-06-02T09:30:00')).toBeUndefined();
    expect(toInstant('2026-02-30T09:30:00Z')).toBeUndefined();
    expect(isLocalDate('2026-02-29')).toBe(false);
    expect(isLocalDate('2028-02-29')).toBe(true);
  });
});
