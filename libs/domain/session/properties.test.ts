import fc from 'fast-check';
import { isRefusal } from '#kernel/refusal.js';
import { type Instant, plusMilliseconds, toEpochMilliseconds } from '#kernel/time.js';
import { declarationOf, deepFreeze, metaOf, sealedEvent } from '#testing/sealed-event.js';
import { actor, aMember, sessionFacts } from '#testing/service-desk.js';
import { sessionId } from '#testing/session-beginnings.js';
import { maybe, steps, time } from '#testing/session-commands.js';
import * as codes from './codes.js';
import type { SessionCommand } from './commands.js';
import { type SealedSessionEvent, type SessionEvent, sessionEvents } from './events.js';
import type { SessionFacts } from './facts.js';
import { session } from './session.js';
import { clock, start, written } from './session-story.fixture.js';
import { isUnderWay, type SessionState } from './state.js';

const { decide, evolve, initial } = session.decider;

interface Step {
  readonly command: SessionCommand;
  readonly facts: SessionFacts;
  readonly before: SessionState;
  readonly answer: ReturnType<typeof decide>;
  readonly after: SessionState;
}

function fold(state: SessionState, events: readonly SessionEvent[], revision: number): SessionState {
  return events.reduce((folded, one, index) => {
    const sealed = sealedEvent(declarationOf(sessionEvents, one), one, metaOf('session-1', revision + index));
    return deepFreeze(evolve(folded, sealed as unknown as SealedSessionEvent));
  }, state);
}

function play(story: readonly { command: SessionCommand; minutes: number }[]) {
  let state = deepFreeze(initial);
  let now: Instant = clock('09:30');
  const played: Step[] = [];
  const events: SessionEvent[] = [];
  for (const { command, minutes } of story) {
    now = plusMilliseconds(now, minutes * 60_000);
    const who = command.type === 'DecideStrikeOut' ? actor('director', 'Director') : actor('lead', 'SupportLead');
    const facts = { ...sessionFacts('2026-06-02 09:30', { actor: who }), now };
    const before = state;
    const answer = decide(deepFreeze(structuredClone(command)), before, facts);
    if (!isRefusal(answer)) {
      state = fold(before, answer, events.length);
      events.push(...answer);
    }
    played.push({ command, facts, before, answer, after: state });
  }
  return { played, events, state };
}

const check = (property: (story: ReturnType<typeof play>) => void, numRuns = 150, seed?: number) =>
  fc.assert(
    fc.property(steps, (story) => property(play(story))),
    { numRuns, ...(seed === undefined ? {} : { seed }) },
  );

describe('whatever is asked of a session, in any order', () => {
  it('reaches every kind of event, so that these properties say something', () => {
    const seen = new Set<string>();
    check(
      ({ events }) => {
        for (const one of events) seen.add(one.type);
      },
      1200,
      20260602,
    );
    expect(sessionEvents.map((one) => one.type).filter((type) => !seen.has(type))).toEqual([]);
  });

  it('decides without throwing, by events that meet their declarations or refusals that name their rule [charter:8.1a]', () => {
    check(({ played }) => {
      for (const { answer } of played)
        if (isRefusal(answer)) {
          expect(answer.rule).toMatch(/^charter:/);
          expect(answer.next).not.toBe('');
        }
    });
  });

  it('never starts without the live consent to this very session [charter:3.1a] [charter:F.2]', () => {
    check(({ events }) => {
      let consent: SessionEvent | undefined;
      for (const one of events) {
        if (one.type === 'ConsentGiven' || one.type === 'ConsentRefused' || one.type === 'ConsentWithdrawn')
          consent = one;
        if (one.type !== 'SessionStarted') continue;
        expect(consent?.type).toBe('ConsentGiven');
        if (consent?.type !== 'ConsentGiven') continue;
        expect(consent.data.statements.authorise).toBe(true);
        expect(consent.data.sessionId).toBe(one.data.sessionId);
        expect(consent.data.charterVersionId).toBe(one.data.charterVersionId);
        expect(consent.data.validOn).toBe('2026-06-02');
      }
      expect(events.filter((one) => one.type === 'SessionStarted').length).toBeLessThanOrEqual(1);
    }, 300);
  });

  it('always lets the member withdraw and stop, and then nothing runs [charter:3.1c] [charter:7.3d]', () => {
    const away = fc.constantFrom('WithdrawConsent' as const, 'StopSession' as const);
    fc.assert(
      fc.property(steps, away, maybe(time), (story, type, at) => {
        const { state, played, events } = play([
          { command: written, minutes: 0 },
          { command: start, minutes: 0 },
          ...story,
        ]);
        const facts = played.at(-1)?.facts ?? sessionFacts('2026-06-02 09:30');
        const told = { sessionId, ...(at === undefined ? {} : { at }) };
        const command: SessionCommand =
          type === 'StopSession' ? { type, ...told } : { type, channel: 'phone', ...told };
        const answer = decide(command, state, { ...facts, member: aMember({ unsubscribed: true }) });
        expect(isRefusal(answer)).toBe(false);
        if (isRefusal(answer)) return;
        expect(isUnderWay(fold(state, answer, events.length))).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same command twice no second effect', () => {
    check(({ played }) => {
      for (const { command, facts, answer, after } of played) {
        if (isRefusal(answer)) continue;
        const again = decide(command, after, facts);
        expect(isRefusal(again) ? [] : again).toEqual([]);
      }
    });
  });

  it('closes with active minutes that are the sum of its segments [charter:8.1a] [charter:7.2a]', () => {
    check(({ events }) => {
      for (const one of events) {
        if (one.type !== 'SessionClosed' && one.type !== 'SessionRecordedAfterwards') continue;
        const { segments, startedAt, endedAt, activeMinutes } = one.data;
        const sum = segments.reduce(
          (total, { from, to }) => total + toEpochMilliseconds(to) - toEpochMilliseconds(from),
          0,
        );
        expect(activeMinutes).toBe(Math.floor(sum / 60_000));
        expect(
          segments.every(({ from, to }, index) => from <= to && (segments[index - 1]?.to ?? startedAt) <= from),
        ).toBe(true);
        expect(segments.at(-1)?.to ?? endedAt).toBe(segments.at(-1)?.to);
      }
    }, 300);
  });

  it('refuses no action that happened in a session, for being against the charter [charter:8.1c] [charter:3.2a]', () => {
    check(({ state, played }) => {
      const facts = played.at(-1)?.facts;
      if (facts === undefined || state.startedAt === undefined || state.startedAt > facts.now) return;
      for (const riskClass of codes.riskClasses)
        for (const performedAt of [state.startedAt, facts.now]) {
          const command = {
            type: 'RecordAction' as const,
            sessionId,
            actionId: 'fact',
            category: 'other' as const,
            riskClass,
            description: 'Ce qui a eu lieu',
            alreadyDone: true,
            performedAt,
          };
          const answer = decide(command, state, facts);
          expect(isRefusal(answer)).toBe(false);
          expect(answer).toEqual(
            expect.arrayContaining([expect.objectContaining({ type: 'OutOfScopeActionPerformed' })]),
          );
        }
    });
  });
});
