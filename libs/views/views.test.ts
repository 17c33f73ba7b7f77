import type { CellId } from '#kernel/sealed.js';
import type { Instant } from '#kernel/time.js';
import { board, timerOf } from './board.js';
import { compliance, listDeviations } from './compliance-queries.js';
import { getConsent, listConsents } from './consents-queries.js';
import * as story from './example-story.test-data.js';
import { setUp } from './example-views.test-data.js';
import { getMember } from './members.js';

const { SESSION, at, day } = story;

describe('the consent ledger', () => {
  it('shows statements, charter version and state; it is live on its day only [charter:3.1a]', async () => {
    const { deps } = await setUp();
    expect((await listConsents(deps(), { state: 'live' })).items[0]).toMatchObject({
      state: 'live',
      charterVersionId: 'v1',
      statements: { eightDays: false },
    });
    const later = deps('2026-06-03T08:00:00.000Z' as Instant);
    expect((await listConsents(later, { state: 'live' })).items).toEqual([]);
    expect((await listConsents(later, { state: 'lapsed' })).items[0]?.state).toBe('lapsed');
  });

  it('lists open neither the signer nor the number called; the entry does', async () => {
    const { deps } = await setUp();
    expect(JSON.stringify((await listConsents(deps(), {})).items)).not.toContain('signerName');
    expect((await getConsent(deps(), SESSION))?.signerName).toEqual({ state: 'present', value: 'Ada Exemple' });
  });

  it('is used by the start, ended by a withdrawal, void once the member left the service [charter:3.1c]', async () => {
    const first = await setUp();
    await first.session(at('07:30'), story.withdrawn);
    expect((await getConsent(first.deps(), SESSION))?.state).toBe('withdrawn');
    const second = await setUp();
    await second.see(await second.tell('member-m1', at('07:00'), story.unsubscribed));
    expect((await getConsent(second.deps(), SESSION))?.state).toBe('void');
    const ids = async (state: 'live' | 'void' | 'lapsed') =>
      (await listConsents(second.deps(), { state })).items.map((one) => one.sessionId);
    expect([await ids('void'), await ids('live'), await ids('lapsed')]).toEqual([[SESSION], [], []]);
    const third = await setUp();
    await third.session(at('08:00'), story.started);
    await third.see(await third.tell('member-m1', at('07:00'), story.unsubscribed));
    expect((await getConsent(third.deps(), SESSION))?.state).toBe('used');
  });
});

describe('compliance', () => {
  it('counts deviations per rule and article, and those that still wait for a comment', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart, ...story.closing);
    const seen = await compliance(deps(), {});
    expect(seen).toMatchObject({ total: 2, open: 1 });
    expect(seen.rows).toHaveLength(13);
    expect(seen.rows.find((row) => row.code === 'outside-scope')).toMatchObject({ article: '3.2', total: 1, open: 0 });
    expect(seen.articles.find((row) => row.article === '7.2')).toEqual({ article: '7.2', total: 1, open: 1 });
    expect(await compliance(deps(), { to: day('2026-06-01') })).toMatchObject({ total: 0 });
    const open = await listDeviations(deps(), { review: 'open' });
    expect(open.items).toEqual([expect.objectContaining({ code: 'overrun', activeMinutes: 90, allowedMinutes: 60 })]);
  });
});

describe('the live board', () => {
  it('times connected minutes only and warns at 45 and 55 [charter:7.2a]', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, story.paused, story.resumed);
    const warning = async (now: string) => (await board(deps(at(now)))).items[0]?.timer;
    expect(await warning('08:54')).toMatchObject({ activeSeconds: 44 * 60, warning: 'none' });
    expect(await warning('08:55')).toMatchObject({ activeSeconds: 45 * 60, warning: 'approaching' });
    expect(await warning('09:05')).toMatchObject({ warning: 'last-minutes' });
    expect(await warning('09:10')).toMatchObject({ remainingSeconds: 0, warning: 'over' });
  });

  it('counts nothing before a start that lies ahead', () => {
    expect(timerOf([{ from: at('08:00') }], 60, at('07:00')).activeSeconds).toBe(0);
  });

  it('keeps an ended session until it is closed', async () => {
    const { deps, session } = await setUp();
    await session(at('08:00'), story.started, ...story.sessionAfterStart);
    expect((await board(deps())).items[0]?.status).toBe('ended');
    await session(at('09:45'), ...story.closing);
    expect((await board(deps())).items).toEqual([]);
  });
});

describe('members', () => {
  it('come out erased once their identity is destroyed', async () => {
    const { vault, deps } = await setUp();
    expect((await getMember(deps(), 'm1'))?.identity.name).toEqual({ state: 'present', value: 'Ada Exemple' });
    await vault.destroy('m1/identity' as CellId, { destroyedAt: at('12:00'), proof: 'event-1' });
    expect((await getMember(deps(), 'm1'))?.identity.name).toMatchObject({ state: 'erased', proof: 'event-1' });
  });
});
