import { event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { given } from '#testing/given.js';
import { metaOf } from '#testing/sealed-event.js';
import { actor, requestFacts } from '#testing/service-desk.js';
import { initialCustody } from '../custody/state.js';
import * as refusals from '../shared/strike-out-refusals.js';
import { NoGoZonesDeclared } from './events.js';
import { RequestTextReported, RequestTextStrikeOutDecided } from './events-strike-out.js';
import { request } from './request.js';
import { closed, qualified, requested, who } from './request-story.fixture.js';

const now = '2026-06-03 10:00';
const at = '2026-06-03T08:00:00.000Z' as Instant;
const lead = requestFacts(now);
const director = requestFacts(now, { actor: actor('d1', 'Director') });
const eventOf = (revision: number) => metaOf('request-1', revision).eventId;
const zones = event(NoGoZonesDeclared, { ...who, zones: ['Photos de Camille'] });
const target = { targetEventId: eventOf(0), field: 'problem' };
const report = { type: 'ReportRequestText', requestId: 'r1', strikeOutId: 's1', ...target, reason: 'secret' } as const;
const reported = event(RequestTextReported, {
  ...who,
  strikeOutId: 's1',
  ...target,
  reason: 'secret',
  requestedAt: at,
});
const decide = (decision: 'granted' | 'refused', strikeOutId = 's1') =>
  ({ type: 'DecideRequestTextStrikeOut', requestId: 'r1', strikeOutId, decision }) as const;
const decided = (decision: 'granted' | 'refused') =>
  event(RequestTextStrikeOutDecided, { ...who, strikeOutId: 's1', ...target, decision, decidedAt: at });
const held = (cell: string) => ({
  ...initialCustody,
  holds: [{ holdId: 'h1', cells: [cell], ground: 'court' as const, released: false }] as never,
});

describe('a text of a request that may not be kept', () => {
  it('is reported by anybody of the team, whatever became of the request [charter:3.3a]', () => {
    given(request, requested, qualified).when(report, lead).then([reported]);
    given(request, requested, closed).when(report, lead).then([reported]);
  });

  it('is any of its free texts, those that were replaced included, and nothing else [charter:3.3a]', () => {
    const story = given(request, requested, qualified, zones, zones);
    const texts = [
      [0, 'problem'],
      [1, 'scope'],
      [2, 'zones'],
      [3, 'zones'],
    ] as const;
    for (const [revision, field] of texts) {
      const { answer } = story.when({ ...report, targetEventId: eventOf(revision), field }, lead);
      expect(answer).toMatchObject([{ type: 'RequestTextReported', data: { field } }]);
    }
    for (const field of ['channel', 'scope', 'constructor', '__proto__'])
      story.when({ ...report, field }, lead).then(refusals.strikeOutTargetUnknown);
    for (const targetEventId of ['nothing', 'constructor', '__proto__'])
      story.when({ ...report, targetEventId }, lead).then(refusals.strikeOutTargetUnknown);
  });

  it('reported twice is one report; refused, it can be reported again [charter:3.3a]', () => {
    given(request, requested, reported)
      .when({ ...report, strikeOutId: 's2' }, lead)
      .then([]);
    given(request, requested, reported, decided('granted'))
      .when({ ...report, strikeOutId: 's2' }, lead)
      .then([]);
    const { answer } = given(request, requested, reported, decided('refused')).when(
      { ...report, strikeOutId: 's2' },
      lead,
    );
    expect(answer).toMatchObject([{ type: 'RequestTextReported', data: { strikeOutId: 's2' } }]);
  });

  it('is struck out by the Director or the President alone, once [charter:3.3a]', () => {
    const story = given(request, requested, reported);
    story.when(decide('granted'), lead).then(refusals.strikeOutNeedsDirector);
    story.when(decide('granted'), director).then([decided('granted')]);
    story.when(decide('granted', 's9'), director).then(refusals.strikeOutUnknown);
    const done = given(request, requested, reported, decided('granted'));
    done.when(decide('granted'), director).then([]);
    done.when(decide('refused'), director).then(refusals.strikeOutDecidedAlready);
  });

  it('waits while it is held, alone or with its request, and no other hold matters [charter:8.1f]', () => {
    const story = given(request, requested, reported);
    for (const cell of ['m1/request:r1', `m1/request:r1/${eventOf(0)}.problem`]) {
      const facts = { ...director, custody: held(cell) };
      story.when(decide('granted'), facts).then(refusals.strikeOutHeld);
      story.when(decide('refused'), facts).then([decided('refused')]);
    }
    for (const cell of ['m1/request:r10', 'm1/session:r1.1'])
      story.when(decide('granted'), { ...director, custody: held(cell) }).then([decided('granted')]);
  });
});
