import type { SealedRequestEvent } from '#domain/request/events.js';
import { requestEvents } from '#domain/request/events.js';
import { RequestTextReported, RequestTextStrikeOutDecided } from '#domain/request/events-strike-out.js';
import { closed, requested, who } from '#domain/request/request-story.fixture.js';
import { type SealedSessionEvent, sessionEvents } from '#domain/session/events.js';
import { StrikeOutDecided, StrikeOutRequested } from '#domain/session/events-strike-out.js';
import { type AnyEvent, type EventDefinition, event } from '#kernel/define-event.js';
import type { Instant } from '#kernel/time.js';
import { declarationOf, metaOf, sealedEvent } from '#testing/sealed-event.js';
import { foldRequest, foldSession } from './retention-fold.js';

const at = (day: number) => `2026-06-0${day}T10:00:00.000Z` as Instant;
const sealed = <E>(declarations: readonly EventDefinition[], one: AnyEvent, day: number): E =>
  sealedEvent(declarationOf(declarations, one), one, metaOf('s-1', day, { recordedAt: at(day) })) as unknown as E;
const text = { strikeOutId: 's1', targetEventId: 'e1', field: 'problem' };

describe('how long something is kept', () => {
  it('is not prolonged by striking out a text of a request [charter:8.1f] [charter:3.3b]', () => {
    const told = { ...who, ...text };
    const days = [
      requested,
      closed,
      event(RequestTextReported, { ...told, reason: 'secret', requestedAt: at(3) }),
      event(RequestTextStrikeOutDecided, { ...told, decision: 'granted', decidedAt: at(4) }),
    ];
    const events = days.map((one, index) => sealed<SealedRequestEvent>(requestEvents, one, index + 1));
    const kept = events.reduce<ReturnType<typeof foldRequest> | undefined>(foldRequest, undefined);
    expect(kept).toMatchObject({ state: 'kept', endedAt: at(2) });
  });

  it('is not prolonged by striking out a text of a session that never began [charter:8.1f] [charter:3.3b]', () => {
    const told = { sessionId: 'r1.1', memberId: 'm1', ...text };
    const before = {
      kind: 'session',
      id: 'r1.1',
      memberId: 'm1',
      state: 'kept',
      sessions: [],
      endedAt: at(1),
    } as const;
    const events = [
      event(StrikeOutRequested, { ...told, reason: 'secret', requestedAt: at(3) }),
      event(StrikeOutDecided, { ...told, decision: 'granted', decidedAt: at(4) }),
    ].map((one, index) => sealed<SealedSessionEvent>(sessionEvents, one, index + 3));
    expect(events.reduce(foldSession, before)).toEqual(before);
  });
});
