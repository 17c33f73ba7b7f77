import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { newEvent } from '#ports/event-store/contract-rig.js';
import { isLogOfViews } from './log-origin.js';

describe('views and the log that they were built from', () => {
  it('belong together from the first event on, and to no other log', async () => {
    const [log, other, views] = [memoryEventStore(), memoryEventStore(), memoryViewStore()];
    expect(await isLogOfViews(log, views, true)).toBe(true);
    await log.append('member-1', 'no-stream', [newEvent()]);
    await other.append('member-1', 'no-stream', [newEvent()]);
    expect(await isLogOfViews(other, views, false)).toBe(true);
    expect(await isLogOfViews(log, views, true)).toBe(true);
    await log.append('member-1', 0, [newEvent()]);
    expect(await isLogOfViews(log, views, true)).toBe(true);
    expect(await isLogOfViews(other, views, true)).toBe(false);
    expect(await isLogOfViews(memoryEventStore(), views, true)).toBe(false);
  });
});
