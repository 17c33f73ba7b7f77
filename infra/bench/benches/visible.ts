import { randomBytes } from 'node:crypto';
import { openSqliteEventStore } from '#adapters/event-store-sqlite/event-store-sqlite.js';
import { openSqliteKeyVault } from '#adapters/key-vault-sqlite/key-vault-sqlite.js';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import { sessionsOnFrom } from '#application/facts/sessions-on.js';
import { openTemoin, type Temoin } from '#application/temoin.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { memoryRootKey } from '#testing/open-memory-temoin.js';
import { allViews } from '#views/all-views.js';
import { bindingsWith } from '../../../apps/composition/bindings.js';
import { machineClock } from '../../../apps/composition/clocks.js';
import { atMost, type Bench, type BenchReport, figure, median, percentile99 } from '../bench.js';

const WRITERS = 64;
const VIEW = 'members';
const PATIENCE = 30_000;

export const bench: Bench = {
  name: 'visible',
  about:
    'from a command’s acknowledgement to its being in its view, at half the maximum rate, beside the append itself',
  run: ({ quick, progress }) => measure(quick ? 1500 : 6000, quick ? 3 : 5, progress),
};

async function measure(milliseconds: number, rounds: number, progress: (line: string) => void): Promise<BenchReport> {
  const folder = await temporaryFolder();
  const eventStore = await openSqliteEventStore({ file: folder.file('events.sqlite') });
  const keyVault = await openSqliteKeyVault({ file: folder.file('vault.sqlite') });
  const viewStore = await openSqliteViewStore({ file: folder.file('views.sqlite') });
  const appends: number[] = [];
  const temoin = await openTemoin({
    eventStore: timedAppends(eventStore, appends),
    viewStore,
    keyVault,
    rootKey: memoryRootKey(),
    clock: machineClock,
    bindings: bindingsWith(sessionsOnFrom(viewStore)),
    views: allViews,
  });
  const settled = async () => {
    const head = await eventStore.head();
    for (const { schema } of allViews) if (head) await temoin.waitFor(schema.name, head, PATIENCE);
  };
  try {
    progress('warming up');
    await asFastAsPossible(temoin, milliseconds);
    await settled();
    const measured: Measured[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`round ${round} of ${rounds}`);
      const most = await asFastAsPossible(temoin, milliseconds);
      await settled();
      appends.length = 0;
      const visible = await atRate(temoin, most / 2, milliseconds);
      measured.push({ most, append: percentile99(appends), median: median(visible), visible: percentile99(visible) });
      await settled();
    }
    return reportOf(measured, milliseconds);
  } finally {
    await temoin.close();
    await viewStore.close();
    await eventStore.close();
    await keyVault.close();
    await folder.remove();
  }
}

interface Measured {
  /** Commands per second, 64 writers. */
  readonly most: number;
  /** Milliseconds. */
  readonly append: number;
  readonly median: number;
  readonly visible: number;
}

async function asFastAsPossible(temoin: Temoin, milliseconds: number): Promise<number> {
  const until = performance.now() + milliseconds;
  const counts = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      let count = 0;
      for (; performance.now() < until; count += 1) await register(temoin);
      return count;
    }),
  );
  return (counts.reduce((sum, one) => sum + one, 0) * 1000) / milliseconds;
}

/** Sends at a steady rate whether answers come or not. @returns milliseconds from acknowledged to visible, each */
async function atRate(temoin: Temoin, perSecond: number, milliseconds: number): Promise<readonly number[]> {
  const visible: number[] = [];
  const pending: Promise<void>[] = [];
  const started = performance.now();
  for (let sent = 0; ; ) {
    const passed = performance.now() - started;
    if (passed >= milliseconds) break;
    for (; sent < (passed / 1000) * perSecond; sent += 1)
      pending.push(
        register(temoin).then(async (position) => {
          const acknowledged = performance.now();
          if (!(await temoin.waitFor(VIEW, position, PATIENCE))) throw new Error('a command does not become visible');
          visible.push(performance.now() - acknowledged);
        }),
      );
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(pending);
  return visible;
}

/** One new member: decided, sealed, durable. @returns its position */
async function register(temoin: Temoin): Promise<string> {
  const memberId = randomBytes(10).toString('hex');
  const about = { membershipNumber: 'T-1', name: 'Ève Fictive', status: 'active', minor: false };
  const command = { type: 'RegisterMember', memberId, ...about };
  const commandId = temoin.ids.freshCommandId();
  const stream = `member-${memberId}`;
  const outcome = await temoin.execute({ commandId, actor: 'bench', actorRoles: ['SupportLead'], stream, command });
  if (outcome.outcome !== 'accepted' || outcome.receipt.position === undefined)
    throw new Error(`a command was answered « ${outcome.outcome} »`);
  return outcome.receipt.position;
}

const timedAppends = (store: EventStore, times: number[]): EventStore => ({
  ...store,
  async append(stream, expected, events) {
    const started = performance.now();
    const appended = await store.append(stream, expected, events);
    times.push(performance.now() - started);
    return appended;
  },
});

function reportOf(measured: readonly Measured[], milliseconds: number): BenchReport {
  const of = (name: string, unit: string, key: keyof Measured) =>
    figure(
      name,
      unit,
      measured.map((one) => one[key]),
    );
  const append = of('append, 99 of 100 within', 'ms', 'append');
  const visible = of('acknowledged → visible, 99 of 100 within', 'ms', 'visible');
  return {
    figures: [
      of('maximum rate, 64 writers, all views following', 'commands/s', 'most'),
      append,
      of('acknowledged → visible, median', 'ms', 'median'),
      visible,
    ],
    goals: [
      atMost(
        'acknowledged → visible at half the maximum rate, against the append itself, 99 of 100',
        median(measured.map((one) => one.visible / one.append)),
        5,
        ' ×',
      ),
    ],
    notes: [
      `Commands that register members, on SQLite files, all ${allViews.length} views following in the same process; visible is when a query that waits for the command’s position in the view « ${VIEW} » would be answered.`,
      `The maximum is measured anew before each round, then halved; ${measured.length} rounds of ${milliseconds} ms at a steady rate.`,
    ],
  };
}
