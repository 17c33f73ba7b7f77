import type { CellId } from '#kernel/sealed.js';
import { memoryVault, project, storyteller } from '#testing/view-story.js';
import * as story from './example-story.test-data.js';
import { createMemberSearch } from './member-search.js';
import { membersView } from './members.js';
import { phoneDigits, wordsOf } from './search-text.js';

async function setUp() {
  const vault = memoryVault();
  const tell = storyteller(story.declarations, vault);
  const placed = [
    ...(await tell(
      'member-m1',
      story.at('06:00'),
      story.registered('m1', 'Éléonore d’Œuvre-Müller', { phone: '+33 (0)6 12 34 56 78', number: 'CE-0042' }),
    )),
    ...(await tell(
      'member-m2',
      story.at('06:01'),
      story.registered('m2', 'Jean Dupont', { phone: '06.99.88.77.66', number: 'CE-0420' }),
    )),
    ...(await tell('member-m3', story.at('06:02'), story.registered('m3', 'Jeanne Dupontel', { number: 'B 7' }))),
  ];
  const viewStore = await project(membersView, placed);
  const search = createMemberSearch({ viewStore, opener: vault });
  vault.onDestroyed(({ cell }) => search.forget(cell));
  await search.build();
  return { vault, tell, search, viewStore, placed };
}

describe('member search', () => {
  it('ignores accents, case, ligatures and punctuation, and finds beginnings of words', async () => {
    const { search } = await setUp();
    expect(search.find('eleonore')).toEqual(['m1']);
    expect(search.find('OEUVRE muller')).toEqual(['m1']);
    expect(search.find('dup')).toEqual(['m2', 'm3']);
    expect(search.find('jean dupont')).toEqual(['m2', 'm3']);
    expect(search.find('martin')).toEqual([]);
    expect(search.find('  ')).toEqual([]);
  });

  it('finds by membership number and by telephone however it is written', async () => {
    const { search } = await setUp();
    expect(search.find('ce 0042')).toEqual(['m1']);
    expect(search.find('CE0420')).toEqual(['m2']);
    for (const phone of ['0612345678', '+33612345678', '0033 6 12 34 56 78', '06 12 34'])
      expect(search.find(phone)).toEqual(['m1']);
  });

  it('forgets a member the moment the identity is destroyed, for ever', async () => {
    const { vault, search, placed } = await setUp();
    await vault.destroy('m1/session:s1' as CellId, { destroyedAt: story.at('12:00'), proof: 'p' });
    expect(search.find('eleonore')).toEqual(['m1']);
    await vault.destroy('m1/identity' as CellId, { destroyedAt: story.at('12:00'), proof: 'p' });
    expect(search.find('eleonore')).toEqual([]);
    for (const { event } of placed) await search.apply(event);
    await search.build();
    expect(search.find('eleonore')).toEqual([]);
    await vault.destroy('m2' as CellId, { destroyedAt: story.at('12:00'), proof: 'p' });
    expect(search.find('jean')).toEqual(['m3']);
  });

  it('follows corrections, in any order and more than once', async () => {
    const { tell, search, placed } = await setUp();
    const [first] = await tell('member-m2', story.at('07:00'), story.nameCorrected('m2', 'Jean Durand'));
    if (first === undefined) throw new TypeError('nothing was told');
    await search.apply(first.event);
    for (const { event } of placed) await search.apply(event);
    expect(search.find('durand')).toEqual(['m2']);
    expect(search.find('06 99 88')).toEqual(['m2']);
    expect(search.find('dupont')).toEqual(['m3']);
  });

  it('counts those it could not read, and reads them when the vault is back', async () => {
    const { viewStore, vault } = await setUp();
    let down = true;
    const opener: Pick<typeof vault, 'open'> = {
      open: async (values) =>
        down ? values.map(() => ({ state: 'unreadable', fault: 'vault-unavailable' }) as const) : vault.open(values),
    };
    const search = createMemberSearch({ viewStore, opener });
    await search.build();
    expect(search.state).toEqual({ indexed: 0, unreadable: 3 });
    down = false;
    await search.build();
    expect(search.state).toEqual({ indexed: 3, unreadable: 0 });
  });

  it('reads telephone numbers in one form', () => {
    expect(phoneDigits('+33 (0)6 12')).toBe('0612');
    expect(phoneDigits('0033 6 12')).toBe('0612');
    expect(phoneDigits('06 12')).toBe('0612');
    expect(phoneDigits('CE-0042')).toBe('');
    expect(wordsOf('  L’Hôpital–Saint  ')).toEqual(['l', 'hopital', 'saint']);
  });
});
