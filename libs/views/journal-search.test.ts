import type { CellId } from '#kernel/sealed.js';
import { memoryVault } from '#testing/view-story.js';
import * as story from './example-story.test-data.js';
import { setUp } from './example-views.test-data.js';
import { journalView } from './journal.js';
import type { JournalDocument } from './journal-document.js';
import { createJournalSearch } from './journal-search.js';
import { searchJournal } from './journal-search-answer.js';
import { searchedParts, textsOf } from './journal-texts.js';
import { excerptOf } from './search-excerpt.js';

const { at, day, SESSION } = story;
const why = { destroyedAt: at('12:00'), proof: 'p' };

async function indexed() {
  const { vault, deps, session } = await setUp();
  const placed = await session(at('08:00'), story.started, ...story.sessionAfterStart, ...story.closing);
  const search = createJournalSearch({ opener: vault });
  const entry = async () =>
    (await deps().viewStore.get(journalView.schema, 'sessions', SESSION)) as unknown as JournalDocument;
  await search.take([await entry()]);
  const ids = (text: string, more = {}) => search.find({ text, ...more }).hits.map((one) => one.sessionId);
  const answer = (text: string) =>
    searchJournal({ ...deps(), search, cellsOf: (subject) => vault.list(subject) }, { text });
  return { vault, deps, session, search, entry, ids, answer, placed };
}

describe('journal search', () => {
  it('finds entries by every word, whatever the accents, the case and the part of the entry [charter:8.1c]', async () => {
    const { ids } = await indexed();
    expect(ids('IMPRIMANTE')).toEqual([SESSION]);
    expect(ids('imprim pilote')).toEqual([SESSION]);
    expect(ids('file bloquee')).toEqual([SESSION]);
    expect(ids('imprimante licorne')).toEqual([]);
    expect(ids('dans la file de l’imprimante')).toEqual([SESSION]);
    expect(ids('plus')).toEqual([SESSION]);
    expect(ids('ne')).toEqual([SESSION]);
    expect(ids('   ')).toEqual([]);
  });

  it('searches every sealed text that an entry holds', async () => {
    const { entry } = await indexed();
    const document = await entry();
    const sealed = JSON.stringify(document).match(/"\$sealed"/g) ?? [];
    expect(textsOf(document)).toHaveLength(sealed.length);
    expect(searchedParts.filter((part) => textsOf(document).some((one) => one.part === part)).length).toBeGreaterThan(
      3,
    );
  });

  it('finds what an entry was corrected to, not what was first noted', async () => {
    const { session, entry, search, ids, placed } = await indexed();
    expect(ids('pilote mis')).toEqual([SESSION]);
    const action = placed.find(({ event }) => event.type === 'ActionPerformed');
    await session(at('10:10'), story.correctionOf(action?.event.meta.eventId ?? ''));
    await search.take([await entry()]);
    expect(ids('pilote mis')).toEqual([]);
    expect(ids('pilote remplace')).toEqual([SESSION]);
  });

  it('filters by period, technician, member, deviation and article', async () => {
    const { ids } = await indexed();
    const count = (filters: object) => ids('imprimante', filters).length;
    expect(count({ from: day('2026-06-02'), to: day('2026-06-02'), technicianId: 't1', memberId: 'm1' })).toBe(1);
    expect(count({ from: day('2026-06-03') })).toBe(0);
    expect(count({ to: day('2026-06-01') })).toBe(0);
    expect(count({ technicianId: 't2' })).toBe(0);
    expect(count({ memberId: 'm2' })).toBe(0);
    expect(count({ deviation: 'overrun', article: '7.2' })).toBe(1);
    expect(count({ article: '3.1' })).toBe(0);
  });

  it('forgets an entry the moment its cell is destroyed, and a text struck out alone', async () => {
    const { search, ids, entry } = await indexed();
    const [problem] = textsOf(await entry());
    expect(search.forget(`${problem?.sealed.$sealed.cell}`)).toEqual([SESSION]);
    expect(ids('imprimante')).toEqual([]);
    await search.take([await entry()]);
    for (const cell of ['m2', 'm1/identity', 'm1/session:r1.10']) expect(search.forget(cell)).toEqual([]);
    search.forget('m1');
    await search.take([await entry()]);
    expect(search.indexed).toBe(0);
  });

  it('never answers what another process destroyed, though nobody told this one', async () => {
    const { vault, answer } = await indexed();
    const [found] = (await answer('imprimante')).items;
    expect(found).toMatchObject({ sessionId: SESSION, memberId: 'm1', actions: 2 });
    expect(found?.matches[0]).toEqual({
      part: 'problem',
      excerpt: { state: 'present', value: 'L’imprimante ne répond plus' },
    });
    await vault.destroy('m1/session:r1.1' as CellId, why);
    expect((await answer('imprimante')).items).toEqual([]);
  });

  it('a value read just before its cell is destroyed does not come in just after', async () => {
    const { vault, entry } = await indexed();
    const slow = createJournalSearch({
      opener: {
        open: async (values) => {
          const opened = await vault.open(values);
          slow.forget('m1');
          return opened;
        },
      },
    });
    await slow.take([await entry()]);
    expect(slow.indexed).toBe(0);
  });

  it('an outage of the vault is counted, and mended by taking in again', async () => {
    const { entry, vault } = await indexed();
    let opener = memoryVault();
    const search = createJournalSearch({ opener: { open: (values) => opener.open(values) } });
    await search.take([await entry()]);
    expect([search.indexed, search.unreadable.size]).toEqual([0, 1]);
    opener = vault;
    await search.take([await entry()]);
    expect([search.indexed, search.unreadable.size]).toEqual([1, 0]);
  });

  it('pages in a total order, by relevance or by time', async () => {
    const { entry, search } = await indexed();
    const one = await entry();
    const more = Array.from({ length: 7 }, (_, n) => ({ ...one, sessionId: `r9.${n}`, revision: 0 }));
    await search.take(more);
    for (const sort of ['relevance', 'startedAt', '-startedAt'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = search.find({ text: 'imprimante', sort, limit: 3, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...page.hits.map((hit) => hit.sessionId));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(8);
      expect(new Set(seen).size).toBe(8);
    }
    expect(() => search.find({ text: 'imprimante', cursor: 'bm9uZQ' })).toThrow(/cursor/);
  });
});

describe('an excerpt', () => {
  it('shows the surroundings of the first match as it was written', () => {
    const long = `${'avant '.repeat(40)}le Cœur d’Éléonore ${'après '.repeat(40)}`;
    const excerpt = excerptOf(long, new Set(['eleonore']));
    expect(excerpt).toMatch(/^…avant .*le Cœur d’Éléonore .*après…$/);
    expect(excerpt?.length).toBeLessThan(180);
    expect(excerptOf('Œuvre', new Set(['oeuvre']))).toBe('Œuvre');
    expect(excerptOf('rien', new Set(['autre']))).toBeUndefined();
  });
});
