import { minutesOfClock } from './opening-hours.js';
import type { CharterParameters, ParameterName } from './parameters.js';

/** Names of the parameters that no session could be ruled by; empty when all are possible. */
export function impossibleParameters(parameters: CharterParameters): readonly ParameterName[] {
  const within = (value: number, max: number): boolean => Number.isInteger(value) && value >= 1 && value <= max;
  const { openingDays, opensAt, closesAt, amendmentChannels } = parameters;
  const checks: Readonly<Record<ParameterName, boolean>> = {
    sessionMinutes: within(parameters.sessionMinutes, 720),
    openingDays:
      openingDays.length > 0 &&
      openingDays.every((day, index) => within(day, 7) && day > (openingDays[index - 1] ?? 0)),
    opensAt: isClock(opensAt),
    closesAt: isClock(closesAt) && minutesOfClock(opensAt) < minutesOfClock(closesAt),
    complaintWindowDays: within(parameters.complaintWindowDays, 3660),
    outerLimitMonths: within(parameters.outerLimitMonths, 1200),
    journalRetentionMonths: within(parameters.journalRetentionMonths, 1200),
    amendmentChannels: amendmentChannels.length > 0 && new Set(amendmentChannels).size === amendmentChannels.length,
  };
  return (Object.keys(checks) as ParameterName[]).filter((name) => !checks[name]);
}

const isClock = (time: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time);
