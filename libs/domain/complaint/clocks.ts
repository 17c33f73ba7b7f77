import type { Instant, LocalDate } from '#kernel/time.js';
import type { CharterParameters } from '../charter/parameters.js';
import { clockRule } from '../deadlines/clocks.js';
import { deadline, derivationLine } from '../deadlines/deadline.js';
import { type ComplaintChannel, type ComplaintClockCode, isWritten } from './codes.js';
import type { FileComplaint } from './commands.js';
import type { ComplaintFacts } from './facts.js';

/** A clock as it is stored and told: never computed again. */
export interface ComplaintClock {
  readonly clock: ComplaintClockCode;
  readonly sessionId?: string;
  readonly lastDay: LocalDate;
  readonly derivation: string;
  readonly inTime?: boolean;
}

interface Start {
  readonly sessionId?: string;
  readonly startsAt: Instant;
  readonly parameters: CharterParameters;
}

type Known = Pick<ComplaintFacts, 'calendar' | 'parameters' | 'sessions' | 'settings'>;
type Filing = Pick<FileComplaint, 'receivedAt' | 'learnedOn' | 'channel'>;

/** Every clock that a complaint starts or is measured by. */
export const clocksOfFiling = (filing: Filing, facts: Known): readonly ComplaintClock[] => [
  ...windowsOf(filing, facts),
  ...clocksOf(['complaint-acknowledgement', 'complaint-proposal'], filing.receivedAt, facts),
  ...(facts.settings.consumerMediation && isWritten(filing.channel)
    ? clocksOf(['mediator-wait', 'mediator-referral'], filing.receivedAt, facts)
    : []),
];

/**
 * The two windows run from the end of each session concerned, by the charter version of that session; without an ended
 * session, from the day on which the member learned of the facts.
 */
export function windowsOf(
  { receivedAt, learnedOn }: Omit<Filing, 'channel'>,
  facts: Omit<Known, 'settings'>,
): readonly ComplaintClock[] {
  const ended = facts.sessions.flatMap(({ sessionId, endedAt, parameters }): readonly Start[] =>
    endedAt === undefined ? [] : [{ sessionId, startsAt: endedAt, parameters }],
  );
  const learned: Start = {
    startsAt: facts.calendar.civilTime.toInstant(learnedOn, '00:00'),
    parameters: facts.parameters,
  };
  return (ended.length > 0 ? ended : [learned]).flatMap((start) =>
    (['prompt-complaint', 'formal-complaint'] as const).map((code) => {
      const found = deadline(clockRule(code, start.parameters), start.startsAt, facts.calendar);
      const session = start.sessionId === undefined ? {} : { sessionId: start.sessionId };
      return { ...told(found, code), ...session, inTime: receivedAt < found.endsAt };
    }),
  );
}

/** Consumer mediation applies, and its clocks wait for a complaint in writing. */
export const isToBeWritten = (channel: ComplaintChannel, { settings }: Pick<Known, 'settings'>): boolean =>
  settings.consumerMediation && !isWritten(channel);

/** What the mediator’s own course is measured by, from the day on which the file left; none where the law does not apply. */
export const clocksOfReferral = (sentAt: Instant, facts: Known): readonly ComplaintClock[] =>
  facts.settings.consumerMediation ? clocksOf(['mediator-admissibility', 'mediator-outcome'], sentAt, facts) : [];

/** A new fact starts the proposal again: the association owes a new answer. */
export const clocksOfReopening = (reopenedAt: Instant, facts: Known): readonly ComplaintClock[] =>
  clocksOf(['complaint-proposal'], reopenedAt, facts);

const clocksOf = (codes: readonly ComplaintClockCode[], startsAt: Instant, facts: Known): readonly ComplaintClock[] =>
  codes.map((code) =>
    told(deadline(clockRule(code, facts.parameters, facts.settings), startsAt, facts.calendar), code),
  );

function told(found: ReturnType<typeof deadline>, clock: ComplaintClockCode): ComplaintClock {
  if (found.lastDay === undefined) throw new TypeError('the clocks of complaints are in days or months');
  return { clock, lastDay: found.lastDay, derivation: derivationLine(found) };
}
