import { faultOf } from './fault.js';

describe('a fault', () => {
  it.each([
    [5, 'locked'],
    [6, 'locked'],
    [261, 'locked'],
    [8, 'read-only'],
    [1032, 'read-only'],
    [10, 'io'],
    [4874, 'io'],
    [11, 'damaged'],
    [13, 'full'],
    [14, 'no-access'],
    [26, 'damaged'],
    [2067, 'constraint'],
    [1, 'failed'],
  ])('of SQLite code %d is %s', (errcode, kind) => {
    expect(faultOf({ errcode })).toMatchObject({ kind, outcomeUnknown: false });
  });

  it('leaves the outcome open only when a write failed at its commit', () => {
    expect(faultOf({ errcode: 10 }, true).outcomeUnknown).toBe(true);
    expect(faultOf({ errcode: 10 }, false).outcomeUnknown).toBe(false);
    expect(faultOf({ errcode: 13 }, true).outcomeUnknown).toBe(false);
    expect(faultOf({ errcode: 5 }, true).outcomeUnknown).toBe(false);
    expect(faultOf(new TypeError('x'), true)).toMatchObject({ kind: 'failed', outcomeUnknown: true });
  });

  it('never repeats what the driver said: it may hold a value', () => {
    const error = Object.assign(new Error('UNIQUE constraint failed: Martine'), { errcode: 2067 });
    expect(faultOf(error).message).not.toContain('Martine');
  });
});
