import type { LocalDate } from '#kernel/time.js';
import type { AmendmentChannel, CharterParameters } from './parameters.js';

export interface CharterVersion {
  readonly charterVersionId: string;
  readonly effectiveFrom: LocalDate;
  readonly textSha256: string;
  readonly parameters: CharterParameters;
  readonly notifications: readonly { readonly channel: AmendmentChannel; readonly notifiedOn: LocalDate }[];
}

/** All versions, in order of their effective dates. */
export interface CharterState {
  readonly versions: readonly CharterVersion[];
}

export const initialCharter: CharterState = { versions: [] };

/** The version in force on a day; undefined before the first version's effective date. */
export const versionInForce = (state: CharterState, date: LocalDate): CharterVersion | undefined =>
  state.versions.findLast((version) => version.effectiveFrom <= date);

export const findVersion = (state: CharterState, charterVersionId: string): CharterVersion | undefined =>
  state.versions.find((version) => version.charterVersionId === charterVersionId);
