import { event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { CommandRefused } from './events.js';
import { MOST_NOTED, refusal } from './refusal.js';

const now = '2026-06-02T08:00:00.000Z' as Instant;
const facts = (staffId = 'staff-test') => ({ now, actor: { staffId, roles: [] } });
const note = { type: 'NoteRefusal', rule: 'charter:3.1a', code: 'consent-missing', category: 'session' } as const;
const noted = event(CommandRefused, { rule: note.rule, code: note.code, category: note.category, refusedAt: now });

describe('what was refused in time', () => {
  it('is noted by its rule, each time [charter:3.1a]', () => {
    given(refusal).when(note, facts()).then([noted]);
    given(refusal, noted).when(note, facts()).then([noted]);
  });

  it('is not noted under a rule that the charter does not have', () => {
    given(refusal)
      .when({ ...note, rule: 'charter:99' }, facts())
      .then([]);
  });

  it('fills no disk: the same by the same person stops counting, another goes on', () => {
    const past = Array.from({ length: MOST_NOTED }, () => noted);
    given(refusal, ...past)
      .when(note, facts())
      .then([]);
    given(refusal, ...past)
      .when({ ...note, code: 'other' }, facts())
      .then([event(CommandRefused, { ...noted.data, code: 'other' })]);
    given(refusal, ...past)
      .when(note, facts('someone-else'))
      .then([noted]);
  });
});
