/** How a change of the charter may be made known (10.2). */
export const amendmentChannels = ['email', 'site', 'post'] as const;
export type AmendmentChannel = (typeof amendmentChannels)[number];

/** What the rules read from a version of the charter instead of constants of the software. */
export interface CharterParameters {
  /** Longest connected time of one session, in minutes (7.2 a). */
  readonly sessionMinutes: number;
  /** Opening days, 1 Monday to 7 Sunday, ascending (7.2 b). */
  readonly openingDays: readonly number[];
  /** Local time `HH:MM`, Europe/Paris (7.2 b). */
  readonly opensAt: string;
  /** Local time `HH:MM`, Europe/Paris; later than `opensAt` (7.2 b). */
  readonly closesAt: string;
  /** Days within which a complaint is expected (9.1). */
  readonly complaintWindowDays: number;
  /** Months within which a complaint is formalised at the latest (9.3). */
  readonly outerLimitMonths: number;
  /** Months for which the journal is kept, from the end of the session (8.1 f). */
  readonly journalRetentionMonths: number;
  /** Channels by which a change is made known (10.2). */
  readonly amendmentChannels: readonly AmendmentChannel[];
}

export type ParameterName = keyof CharterParameters;

/**
 * What applies where a charter is silent and its publisher has accepted that and given no other value: the values of the
 * model charter that this software was written from.
 */
export const fallbackParameters: CharterParameters = {
  sessionMinutes: 60,
  openingDays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '17:00',
  complaintWindowDays: 8,
  outerLimitMonths: 12,
  journalRetentionMonths: 12,
  amendmentChannels: ['email', 'site'],
};
