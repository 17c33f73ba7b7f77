import { fallbackParameters } from '#domain/charter/parameters.js';
import { clockRule } from '#domain/deadlines/clocks.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { ComplaintDocument, StoredClock } from './complaint-document.js';
import { localDayOf } from './local-day.js';

/**
 * Where a clock of a complaint stands. `kept` and `late`: what it measures has happened, in time or not; `running`;
 * `overdue`: it has not happened and the last day is over; `stopped`: the case ended first.
 */
export type ClockStanding = 'kept' | 'late' | 'running' | 'overdue' | 'stopped';

export interface ComplaintClockLine extends StoredClock {
  /** French heading, and where the length comes from. */
  readonly name: string;
  readonly source: string;
  readonly standing: ClockStanding;
  /** Until the last day, negative when it is over; of a clock that runs. */
  readonly daysLeft?: number;
}

/** Every clock of a case with its derivation as it was told, and where it stands now. */
export function clockLines(one: ComplaintDocument, now: Instant): readonly ComplaintClockLine[] {
  const today = localDayOf(now);
  return one.clocks.map((clock) => {
    const { name, source } = clockRule(clock.clock, fallbackParameters);
    const standing = standingOf(one, clock, today);
    const runs = standing === 'running' || standing === 'overdue';
    return { ...clock, name, source, standing, ...(runs ? { daysLeft: daysBetween(today, clock.lastDay) } : {}) };
  });
}

function standingOf(one: ComplaintDocument, clock: StoredClock, today: LocalDate): ClockStanding {
  const running = today > clock.lastDay ? 'overdue' : 'running';
  const owed = one.open && clock.opening === one.opening ? running : 'stopped';
  switch (clock.clock) {
    case 'prompt-complaint':
    case 'formal-complaint':
      return clock.inTime === false ? 'late' : 'kept';
    case 'complaint-acknowledgement':
      if (one.acknowledged) return one.acknowledged.late ? 'late' : 'kept';
      return owed;
    case 'complaint-proposal': {
      const proposal = one.proposals.find(({ opening }) => opening === clock.opening);
      if (proposal) return proposal.late ? 'late' : 'kept';
      return owed;
    }
    case 'mediator-admissibility':
    case 'mediator-outcome':
      // the mediator’s own time: nothing of ours is late when it is over
      return today > clock.lastDay || isSettled(one) ? 'stopped' : 'running';
    default: {
      const referral = one.disclosures.find(({ recipient }) => recipient === 'mediator');
      if (referral) return referral.early || referral.late ? 'late' : 'kept';
      // From the end of the wait on the way to the mediator is open: nothing is overdue then.
      if (clock.clock === 'mediator-wait') return today > clock.lastDay ? 'kept' : 'running';
      return today > clock.lastDay ? 'stopped' : 'running';
    }
  }
}

/** Nothing is left to mediate. */
const isSettled = ({ stage, closed }: ComplaintDocument): boolean =>
  stage === 'withdrawn' || stage === 'agreed' || (stage === 'closed' && closed?.outcome === 'settled');

/** What the association owes next: the acknowledgement, then the proposal; undefined when it owes nothing. */
export const nextDue = (lines: readonly ComplaintClockLine[]): ComplaintClockLine | undefined =>
  lines
    .filter(
      ({ clock, standing }) =>
        (clock === 'complaint-acknowledgement' || clock === 'complaint-proposal') &&
        (standing === 'running' || standing === 'overdue'),
    )
    .sort((a, b) => (a.lastDay < b.lastDay ? -1 : 1))[0];

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
