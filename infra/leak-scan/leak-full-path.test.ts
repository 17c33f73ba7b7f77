import { randomUUID } from 'node:crypto';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { bind } from '#application/bind.js';
import { openTemoin, type Temoin } from '#application/temoin.js';
import type { CellId, Sealed } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { fixedClock } from '#testing/open-memory-temoin.js';
import { type VisitCommand, visit, visitsView } from '#testing/visit.js';
import { createRootKeyFile, rootKeyFile } from '#vault/root-key-file.js';
import { filesOf, scan } from '../../apps/cli/leak-scan/scan.js';

/** The whole path on real files: command, store, projection, query, opening, destruction, replay, rebuild. */
const tokens = ['TKNameé41f7', 'TKProblem9c2d', 'TKNote5e8a'] as const;
const [name, problem, note] = tokens;
const destroyedAt = '2026-07-01T00:00:00.000Z' as Instant;
const erased = { state: 'erased', erasedAt: destroyedAt, proof: 'erasure-1' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = await temporaryFolder();
  await createRootKeyFile(folder.file('root-key.json'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await folder.remove();
});

/** One process on the folder. */
async function open(): Promise<Temoin> {
  const eventStore = await openSqliteEventStore({ file: folder.file('events.sqlite') });
  const viewStore = await openSqliteViewStore({ file: folder.file('views.sqlite') });
  const keyVault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
  const temoin = await openTemoin({
    eventStore,
    viewStore,
    keyVault,
    rootKey: rootKeyFile(folder.file('root-key.json')),
    clock: fixedClock(),
    bindings: [bind(visit)],
    views: [visitsView],
  });
  closing.push(async () => {
    await temoin.close();
    await Promise.all([eventStore.close(), viewStore.close(), keyVault.close()]);
  });
  return temoin;
}
const close = async () => {
  for (const one of closing.splice(0).reverse()) await one();
};

async function give(temoin: Temoin, command: VisitCommand, stream = 'visit-s1'): Promise<string> {
  const given = { commandId: randomUUID(), actor: 'staff-1', actorRoles: [], stream, command };
  const outcome = await temoin.execute(given);
  if (outcome.outcome !== 'accepted') throw new Error(outcome.outcome);
  return outcome.receipt.position ?? '';
}

/** Everything personal of the visit, as the view shows it. */
async function shown(temoin: Temoin): Promise<readonly unknown[]> {
  const document = await temoin.viewStore.get(visitsView.schema, 'visits', 's1');
  const texts = (document?.texts ?? []) as readonly Sealed<unknown>[];
  return temoin.opener.open([document?.name, document?.problem, ...texts] as readonly Sealed<unknown>[]);
}
async function replayed(temoin: Temoin): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const { data, personal } of temoin.stream('visit-s1', { open: true }))
    found.push(...personal.map((field) => data[field]));
  return found;
}
/** Where a token, in whatever spelling, is in the raw bytes of the folder's files. */
const leaks = async () =>
  scan(
    await filesOf(folder.path),
    tokens.map((token) => ({ token, where: token })),
  );

describe('on SQLite files', () => {
  it('a value goes from command to view, opens while it may, and is erased everywhere at once', async () => {
    const first = await open();
    await give(first, { type: 'OpenVisit', memberId: 'm1', name, problem });
    const position = await give(first, { type: 'Note', notes: [note] });
    expect(await first.waitFor('visits', position, 600_000)).toBe(true);
    const present = tokens.map((value) => ({ state: 'present', value }));
    expect(await shown(first)).toEqual(present);
    expect(await replayed(first)).toEqual(present);

    await first.vault.destroy('m1' as CellId, { destroyedAt, proof: 'erasure-1' });
    expect(await shown(first)).toEqual([erased, erased, erased]);
    expect(await replayed(first)).toEqual([erased, erased, erased]);
    const given = { commandId: randomUUID(), actor: 'staff-1', actorRoles: [], stream: 'visit-s1' };
    const command: VisitCommand = { type: 'Note', notes: [note] };
    expect(await first.execute({ ...given, command })).toMatchObject({
      outcome: 'erased',
      erasedAt: destroyedAt,
    });
    expect((await first.rebuild('visits')).differences).toEqual([]);
    await close();

    const second = await open();
    expect(await shown(second)).toEqual([erased, erased, erased]);
    expect(await replayed(second)).toEqual([erased, erased, erased]);
    await close();
    expect(await leaks()).toEqual([]);
  });

  it('no file ever holds a personal value in the clear, while all is open and after', async () => {
    const temoin = await open();
    await give(temoin, { type: 'OpenVisit', memberId: 'm1', name, problem });
    await temoin.waitFor('visits', await give(temoin, { type: 'Note', notes: [note] }), 600_000);
    await temoin.rebuild('visits');
    expect(await leaks()).toEqual([]);
    await close();
    expect(await leaks()).toEqual([]);
    const known = [{ token: 'VisitOpened', where: 'type' }];
    expect(scan(await filesOf(folder.path), known)).not.toEqual([]);
  });

  it('two processes on one folder see each other’s events and destructions', async () => {
    const [service, tool] = [await open(), await open()];
    const position = await give(tool, { type: 'OpenVisit', memberId: 'm1', name, problem });
    expect(await service.waitFor('visits', position, 600_000)).toBe(true);
    expect(await shown(service)).toMatchObject([{ state: 'present' }, { state: 'present' }]);
    await tool.vault.destroy('m1' as CellId, { destroyedAt, proof: 'erasure-1' });
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(await shown(service)).toEqual([erased, erased]);
  });

  it('64 writers on one stream and 64 streams lose nothing, and views agree with a rebuild', async () => {
    const temoin = await open();
    for (let n = 0; n < 64; n += 1)
      await give(temoin, { type: 'OpenVisit', memberId: `m${n}`, name, problem }, `visit-s${n}`);
    const positions = await Promise.all([
      ...Array.from({ length: 64 }, (_, n) => give(temoin, { type: 'Note', notes: [note] }, `visit-s${n}`)),
      ...Array.from({ length: 64 }, () => give(temoin, { type: 'Note', notes: [note] })),
    ]);
    expect(new Set(positions).size).toBe(128);
    expect(await temoin.waitFor('visits', positions.sort().at(-1) ?? '', 600_000)).toBe(true);
    expect(await temoin.viewStore.get(visitsView.schema, 'visits', 's1')).toMatchObject({ notes: 65 });
    while (!(await temoin.ready()).ready) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await temoin.rebuild('visits')).toMatchObject({ events: 192, differences: [], parked: [] });
  });
});
