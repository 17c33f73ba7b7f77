import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import type { AnySealedEvent } from '#kernel/define-event.js';
import type { CellId } from '#kernel/sealed.js';
import { newEvent } from '#ports/event-store/contract-rig.js';
import type { StoredEvent } from '#ports/event-store/event-store.js';
import { forgetTheDead, keepPresence, othersForgot, type Presence } from './presence.js';

const FOR_MS = 600_000;
const CELL = 'k3f/identity' as CellId;
/** Events of this test hold their cells in the clear. */
const decode = (stored: StoredEvent): AnySealedEvent =>
  ({
    type: stored.type,
    data: (JSON.parse(Buffer.from(stored.data).toString()) as { content: unknown }).content,
  }) as unknown as AnySealedEvent;
const destroyed = () => ({ ...newEvent({ cells: [{ cell: CELL }] }), type: 'CellsDestroyed' });

let present: Presence[] = [];
afterEach(async () => {
  await Promise.all(present.map((one) => one.stop()));
  present = [];
});

async function process(
  place: ReturnType<typeof stores>,
  name: string,
  notice: (cells: readonly CellId[]) => Promise<void>,
) {
  const one = await keepPresence({ ...place, decode, notice, name, forMs: FOR_MS, onFault: () => undefined });
  present.push(one);
  return one;
}
const stores = () => ({ eventStore: memoryEventStore(), viewStore: memoryViewStore() });

describe('the other processes of an installation', () => {
  it('forget what one destroys before it goes on', async () => {
    const place = stores();
    const noticed: string[] = [];
    await process(place, 'process/a', async () => undefined);
    await process(place, 'process/b', async (cells) => void noticed.push(...cells));
    await place.eventStore.append('custody-k3f', 'no-stream', [destroyed()]);
    await place.eventStore.append('member-k3f', 'no-stream', [newEvent()]);
    expect(await othersForgot(place, 'process/a', FOR_MS)).toBe(true);
    expect(noticed).toEqual([CELL]);
  });

  it('are waited for while they live and cannot forget, and no longer once their lease has run out', async () => {
    const place = stores();
    const stuck = await process(place, 'process/b', () => Promise.reject(new Error('the vault is away')));
    await place.eventStore.append('custody-k3f', 'no-stream', [destroyed()]);
    expect(await othersForgot(place, 'process/a', 500)).toBe(false);
    await stuck.stop();
    expect(await othersForgot(place, 'process/a', FOR_MS)).toBe(true);
  });

  it('that died are not waited for longer than their lease', async () => {
    const place = stores();
    await place.eventStore.append('custody-k3f', 'no-stream', [destroyed()]);
    await place.viewStore.takeLease('process/dead', { owner: 'process/dead', forMs: FOR_MS });
    expect(await othersForgot(place, 'process/a', 50)).toBe(false);
    // renewed for a moment only
    await place.viewStore.takeLease('process/dead', { owner: 'process/dead', forMs: 200 });
    expect(await othersForgot(place, 'process/a', FOR_MS)).toBe(true);
  });

  it('that died are not waited for at all by one that knows that it is alone', async () => {
    const place = stores();
    await place.eventStore.append('custody-k3f', 'no-stream', [destroyed()]);
    await place.viewStore.takeLease('process/dead', { owner: 'process/dead', forMs: 60_000 });
    await forgetTheDead(place.viewStore);
    expect(await othersForgot(place, 'process/a', 0)).toBe(true);
  });

  it('are none where there is none', async () => {
    expect(await othersForgot(stores(), undefined, 0)).toBe(true);
  });
});
