import { createSecretKey, randomBytes } from 'node:crypto';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { openSqliteViewStore } from '#adapters/view-store-sqlite/view-store-sqlite.js';
import type { CellId } from '#kernel/sealed.js';
import type { LocalDate } from '#kernel/time.js';
import { positionOf } from '#ports/event-store/position.js';
import type { DocumentWrite, ViewSchema, ViewStore } from '#ports/view-store/view-store.js';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { openVault } from '#vault/open-vault.js';
import type { Vault } from '#vault/vault.js';
import { chartersView } from '#views/charters.js';
import { journalView } from '#views/journal.js';
import { type JournalParams, listJournal } from '#views/journal-queries.js';
import { membersView } from '#views/members.js';
import { machineClock } from '../../../apps/composition/clocks.js';
import { seeded } from '../../crash/random.js';
import { bareJournalQuery } from '../bare-journal-query.js';
import { atMost, type Bench, type BenchReport, figure, median, percentile99 } from '../bench.js';
import { journalEntries } from '../journal-entries.js';

const MEMBERS = 400;
const CATEGORIES = ['diagnosis', 'settings', 'update', 'removal', 'training', 'backup'];
const AT_ONCE = 1000;

export const bench: Bench = {
  name: 'journal',
  about: 'a page of the journal with three filters over 100 000 sessions, beside the bare indexed query',
  run: ({ quick, progress }) => measure(quick ? 20_000 : 100_000, quick ? 200 : 1000, quick ? 3 : 5, progress),
};

async function measure(
  sessions: number,
  pages: number,
  rounds: number,
  progress: (line: string) => void,
): Promise<BenchReport> {
  const folder = await temporaryFolder();
  const file = folder.file('views.sqlite');
  const viewStore = await openSqliteViewStore({ file });
  const root = createSecretKey(randomBytes(32));
  const roots = { current: 1, key: (epoch: number) => (epoch === 1 ? root : undefined) };
  const vault = openVault({ keyVault: memoryKeyVault(), roots });
  try {
    progress(`filling the view: ${sessions} sessions`);
    await fill(viewStore, vault, sessions);
    const raw = bareJournalQuery(file);
    const deps = () => ({ viewStore, opener: vault, now: machineClock.now() });
    const random = seeded(11);
    const asked = Array.from({ length: pages }, (): JournalParams => question(random.below(1000)));
    const runs: { readonly raw: number; readonly page: number; readonly rawMedian: number; readonly median: number }[] =
      [];
    for (let round = 0; round <= rounds; round += 1) {
      progress(round === 0 ? 'warming up' : `round ${round} of ${rounds}`);
      const [bare, whole]: [number[], number[]] = [[], []];
      const timed = async <T>(times: number[], work: () => T | Promise<T>): Promise<T> => {
        const started = performance.now();
        const answer = await work();
        times.push(performance.now() - started);
        return answer;
      };
      for (const [number, params] of asked.entries()) {
        const ask = () => timed(whole, async () => (await listJournal(deps(), params)).items.length);
        const askBare = () => timed(bare, () => raw.find(params));
        // whoever comes second finds the pages of the file warm
        const order = number % 2 === 0 ? [ask, askBare] : [askBare, ask];
        const [one, other] = [await order[0]?.(), await order[1]?.()];
        if (one !== other) throw new Error('the page and the bare query do not find the same');
      }
      if (round > 0)
        runs.push({
          raw: percentile99(bare),
          page: percentile99(whole),
          rawMedian: median(bare),
          median: median(whole),
        });
    }
    raw.close();
    const of = (name: string, key: 'raw' | 'page' | 'rawMedian' | 'median') =>
      figure(
        name,
        'ms',
        runs.map((one) => one[key]),
      );
    return {
      figures: [
        of('bare indexed query, median', 'rawMedian'),
        of('bare indexed query, 99 of 100 within', 'raw'),
        of('journal page, median', 'median'),
        of('journal page, 99 of 100 within', 'page'),
      ],
      goals: [
        atMost(
          `journal page with three filters over ${sessions.toLocaleString('en')} sessions, 99 of 100, against the bare query`,
          median(runs.map((one) => one.page / one.raw)),
          3,
          ' ×',
        ),
      ],
      notes: [
        'Filters: technician, category, three months of the start; 50 lines a page. The page opens the sealed name of the member on each line and computes retention.',
        'The bare query is the statement by itself on the same file, on the calling thread, its rows parsed as JSON; which of the two is asked first alternates.',
        `Medians of ${rounds} rounds of ${pages} pages, page and bare query in turn.`,
      ],
    };
  } finally {
    await viewStore.close();
    await folder.remove();
  }
}

function question(number: number): JournalParams {
  const [month, year] = [number % 9, 2016 + (number % 10)];
  const day = (of: number) => `${year}-${String(of + 1).padStart(2, '0')}-01` as LocalDate;
  const category = CATEGORIES[number % CATEGORIES.length] ?? '';
  return { technicianId: `t${number % 6}`, category, from: day(month), to: day(month + 3) };
}

/** Entries as the journal has them; of their sealed texts a hundred are told apart, since no page opens them. */
async function fill(viewStore: ViewStore, vault: Vault, sessions: number): Promise<void> {
  const { entry } = journalEntries(vault);
  const models = await Promise.all(Array.from({ length: 100 }, (_, number) => entry(number)));
  const hour = 3_600_000;
  // ten years whatever the number
  const apart = (10 * 365 * 24 * hour) / sessions;
  const writes = (from: number): DocumentWrite[] =>
    Array.from({ length: Math.min(AT_ONCE, sessions - from) }, (_, index) => {
      const number = from + index;
      const sessionId = `r${number}.1`;
      const start = Date.UTC(2016, 0, 1) + number * apart;
      const document = {
        ...models[number % models.length],
        sessionId,
        memberId: `m${number % MEMBERS}`,
        technicianId: `t${number % 6}`,
        status: 'closed',
        outcome: 'resolved',
        categories: [CATEGORIES[(number * 7) % 5] ?? '', CATEGORIES[5]],
        startedAt: new Date(start).toISOString(),
        endedAt: new Date(start + hour / 2).toISOString(),
      };
      return { collection: 'sessions', id: sessionId, document, position: positionOf(BigInt(number + 1)) };
    });
  for (const { schema } of [journalView, membersView, chartersView]) await viewStore.prepare(schema);
  for (let from = 0; from < sessions; from += AT_ONCE) await apply(viewStore, journalView.schema, writes(from));
  const members = await Promise.all(
    Array.from({ length: MEMBERS }, (_, number) => member(vault, `m${number}`, number)),
  );
  await apply(viewStore, membersView.schema, members);
}

const apply = (viewStore: ViewStore, schema: ViewSchema, writes: readonly DocumentWrite[]) =>
  viewStore.apply(schema, { writes, checkpoint: writes.at(-1)?.position ?? positionOf(1n) });

async function member(vault: Vault, memberId: string, number: number): Promise<DocumentWrite> {
  const at = { stream: `member-${memberId}`, eventId: crypto.randomUUID(), type: 'MemberRegistered', version: 1 };
  const cell = `${memberId}/identity` as CellId;
  const [name, membershipNumber] = (
    await vault.seal([
      { at: { ...at, path: 'name' }, cell, value: `Ève Fictive ${number}` },
      { at: { ...at, path: 'membershipNumber' }, cell, value: `T-${number}` },
    ])
  ).map((result) => (result.outcome === 'sealed' ? result.sealed : undefined));
  const document = {
    memberId,
    status: 'active',
    minor: false,
    restricted: false,
    identity: { name, membershipNumber },
  };
  return {
    collection: 'members',
    id: memberId,
    document: { ...document, subscribed: true, revision: 0, registeredAt: machineClock.now(), representatives: [] },
    position: positionOf(BigInt(number + 1)),
  };
}
