import type { StoredEvent } from '#ports/event-store/event-store.js';
import { positionOf } from '#ports/event-store/position.js';
import { newestEvents } from './newest-events.js';

const event = (position: number, stream = 's-1', revision = 0, bytes = 10): StoredEvent => ({
  eventId: `e${position}`,
  type: 'Happened',
  data: new Uint8Array(bytes),
  metadata: new Uint8Array(2),
  stream,
  revision,
  position: positionOf(position),
});
const positionsOf = (events: readonly StoredEvent[] | undefined) => events?.map((one) => Number(one.position));

describe('the newest events of a log', () => {
  it('hold what comes right behind the end and nothing else', () => {
    const newest = newestEvents(10);
    for (const position of [10, 12, 11, 11, 12, 14]) newest.push(event(position));
    expect(newest.end).toBe(12);
    expect(positionsOf(newest.after(10, 100)?.events)).toEqual([11, 12]);
    expect(newest.after(10, 1)).toMatchObject({ scanned: 11 });
    expect(newest.after(12, 100)).toEqual({ events: [], scanned: 12 });
  });

  it('say that they do not reach back, rather than give less', () => {
    const newest = newestEvents(10);
    newest.push(event(11));
    expect(newest.after(9, 100)).toBeUndefined();
    newest.restart(50);
    expect(newest.after(11, 100)).toBeUndefined();
    expect(newest.after(50, 100)).toEqual({ events: [], scanned: 50 });
  });

  it('are bounded in number and in bytes, and go on without a gap', () => {
    const newest = newestEvents(0);
    for (let at = 1; at <= 5000; at += 1) newest.push(event(at));
    const { events = [] } = newest.after(4999, 100) ?? {};
    expect(positionsOf(events)).toEqual([5000]);
    expect(newest.after(3000, 1)).toBeUndefined();
    expect(newest.after(4600, 10_000)?.events).toHaveLength(400);
    newest.push(event(5001, 's-1', 0, 2_000_000));
    expect(newest.after(5000, 1)).toBeUndefined();
    expect(newest.end).toBe(5001);
  });

  it('know where streams end that were written or read lately', () => {
    const newest = newestEvents(0);
    expect(newest.lastRevision('a-1')).toBeUndefined();
    newest.push(event(1, 'a-1', 7));
    expect(newest.lastRevision('a-1')).toBe(7);
    newest.note('b-1', -1, 1);
    expect(newest.lastRevision('b-1')).toBe(-1);
    newest.push(event(2, 'b-1', 0));
    expect(newest.lastRevision('b-1')).toBe(0);
  });

  it('count what was appended while a stream was read, and note nothing where that is not known any more', () => {
    const newest = newestEvents(0);
    newest.push(event(1, 'a-1', 0));
    newest.push(event(2, 'a-1', 1));
    newest.note('a-1', 0, 1);
    expect(newest.lastRevision('a-1')).toBe(1);
    newest.restart(20);
    newest.note('a-1', 5, 2);
    expect(newest.lastRevision('a-1')).toBeUndefined();
  });
});
