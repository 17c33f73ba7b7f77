import { RecordAfterwardsBody } from '../session/course-bodies.js';
import { RecordActionBody, RecordRecommendationsBody } from '../session/journal-bodies.js';
import { readBody } from './read-body.js';

const pointersOf = (read: () => unknown): readonly string[] => {
  try {
    read();
    return [];
  } catch (thrown) {
    const { parts } = thrown as { parts: { errors: readonly { pointer: string }[] } };
    return parts.errors.map(({ pointer }) => pointer);
  }
};
const action = { category: 'settings', riskClass: 'none', description: 'Réglage.' };

describe('readBody', () => {
  it('gives plain data with times in UTC, and leaves out what is left out', () => {
    const read = readBody(RecordActionBody, { ...action, performedAt: '2026-06-02T10:00:00+02:00' });
    expect(read).toEqual({ ...action, performedAt: '2026-06-02T08:00:00.000Z' });
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(readBody(RecordActionBody, action))).toEqual(Object.keys(action));
  });

  it('points at each thing that is wrong, also inside lists and objects', () => {
    expect(pointersOf(() => readBody(RecordActionBody, {}))).toEqual(['/category', '/riskClass', '/description']);
    const list = { none: false, recommendations: ['bien', '', 3] };
    expect(pointersOf(() => readBody(RecordRecommendationsBody, list))).toEqual(['/recommendations/1']);
    const nested = { segments: [{ from: '2026-06-02T10:00:00Z', to: 'midi' }] };
    expect(pointersOf(() => readBody(RecordAfterwardsBody, nested))).toContain('/segments/0/to');
    expect(pointersOf(() => readBody(RecordAfterwardsBody, { segments: [[]] }))).toContain('/segments/0');
  });

  it.each([null, {}, [], 'demain', '2026-06-02T10:00:00', '2026-02-30T10:00:00Z', 0])(
    '%j is no time',
    (performedAt) => {
      expect(pointersOf(() => readBody(RecordActionBody, { ...action, performedAt }))).toEqual(['/performedAt']);
    },
  );

  it.each(['', ' ', 'a\u0000b', '\ud800', 'x'.repeat(4001)])('%j is no text', (description) => {
    expect(pointersOf(() => readBody(RecordActionBody, { ...action, description }))).toEqual(['/description']);
  });

  it.each([null, 1, 'x', [], [action]])('%j is no body', (body) => {
    expect(pointersOf(() => readBody(RecordActionBody, body))).toEqual(['']);
  });
});
