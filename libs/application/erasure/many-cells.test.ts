import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryCells, memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { keepPresence, othersForgot } from '#application/lease/presence.js';
import { openTemoin } from '#application/temoin.js';
import type { CellId } from '#kernel/sealed.js';
import { fixedClock, memoryRootKey } from '#testing/open-memory-temoin.js';
import { journalView } from '#views/journal.js';
import type { JournalDocument } from '#views/journal-document.js';
import { createJournalSearch } from '#views/journal-search.js';
import { createMemberSearch } from '#views/member-search.js';
import { openErasure } from './erasure.js';
import { openErasureStory, stored } from './erasure-story.test-data.js';

const SESSIONS = 41;
const BELOW = 100;
const session = (n: number) => `m1/session:x${n}`;
const below = (n: number) => Array.from({ length: BELOW }, (_, text) => `${session(n)}/e${text}.text`);
const numbers = Array.from({ length: SESSIONS }, (_, n) => n);
/** What the other process has read stands last. */
const condemned = [...numbers.map(session), 'm1/request:r-m1', 'm1/session:s-m1', 'm1/identity'];

let close = async (): Promise<void> => undefined;
afterEach(() => close());

/** One process that erases `m1`, who has more cells than an event may list, and another that has read everything. */
async function twoProcesses() {
  const cells = memoryCells();
  const shared = { eventStore: memoryEventStore(), viewStore: memoryViewStore(), rootKey: memoryRootKey() };
  const story = await openErasureStory({ ...shared, keyVault: memoryKeyVault(cells) });
  const at = { stream: 'session-x', eventId: 'e', type: 'T', version: 1, path: 'text' };
  for (const n of numbers)
    await story.temoin.vault.seal(below(n).map((cell) => ({ at, cell: cell as CellId, value: cell })));
  await story.decide('m1', condemned);
  await story.temoin.waitFor('journal', (await shared.eventStore.head()) ?? '', 5000);

  const other = await openTemoin({
    ...shared,
    ...stored,
    views: [],
    clock: fixedClock(),
    keyVault: memoryKeyVault(cells),
  });
  const { vault, decode } = other;
  const members = createMemberSearch({ viewStore: shared.viewStore, opener: vault });
  const journal = createJournalSearch({ opener: vault });
  await members.build();
  for await (const { document } of shared.viewStore.scan(journalView.schema, 'sessions'))
    await journal.take([document as unknown as JournalDocument]);
  vault.onDestroyed(({ cell }) => {
    members.forget(cell);
    journal.forget(cell);
  });
  const presence = await keepPresence({
    ...shared,
    decode,
    notice: (some) => vault.notice(some),
    name: 'process/other',
    forMs: 2000,
    onFault: () => undefined,
  });
  close = async () => {
    await presence.stop();
    await other.close();
    await story.temoin.close();
  };
  const parts = story.parts({ othersForgot: () => othersForgot(shared, 'process/self', 10_000) });
  return {
    story,
    /** How many members and how many entries of the journal the other process holds words of. */
    readable: () => [members.state.indexed, journal.indexed],
    erase: () => openErasure(parts).finish(),
  };
}

describe('an erasure of more cells than an event may list', () => {
  it('leaves nothing readable in the memory of another process once it is finished [charter:4.3]', async () => {
    const { story, readable, erase } = await twoProcesses();
    expect(readable()).toEqual([2, 2]);
    expect(await erase()).toEqual([]);
    expect(readable()).toEqual([1, 1]);
    const destroyed = (await story.custody('m1')).find(({ type }) => type === 'CellsDestroyed');
    expect(destroyed?.data.cells).toHaveLength(4000);
    const [text = ''] = story.certificates.texts.values();
    expect((JSON.parse(text) as { cells: unknown[] }).cells.length).toBeGreaterThan(SESSIONS * BELOW);
  });

  it('nor when the ledger, noted by an earlier attempt or rebuilt, has them in another order', async () => {
    const { story, readable, erase } = await twoProcesses();
    const inDepth = [...numbers.flatMap((n) => [session(n), ...below(n)]), ...condemned.slice(SESSIONS)];
    const noted = inDepth.map((cell) => ({ cell: cell as CellId }));
    await story.ledger.append({
      destructionId: 'erasure-case-m1',
      cells: noted,
      destroyedAt: story.temoin.clock.now(),
    });
    expect(await erase()).toEqual([]);
    expect(readable()).toEqual([1, 1]);
  });
});
