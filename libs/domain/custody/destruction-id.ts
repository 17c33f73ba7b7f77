/**
 * The id of the one destruction that a decision leads to: always the same, so that a decision is carried out once whatever
 * is repeated. Unique over all members: tombstones, erasure ledger and certificates know a destruction by it alone.
 */
export const erasureIdOf = (rightsId: string): string => `erasure-${rightsId}`;
export const strikeOutIdOf = (strikeOutId: string): string => `strike-out-${strikeOutId}`;
