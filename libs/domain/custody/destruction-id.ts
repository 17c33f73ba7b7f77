/**
 * The id of a destruction that a decision leads to: always the same, so that a decision is carried out once whatever is
 * repeated. Unique over all members: tombstones, erasure ledger and certificates know a destruction by it alone.
 * @param part of a decision on more cells than one event lists, each part is a destruction of its own; 1 is the first
 */
export const erasureIdOf = (rightsId: string, part = 1): string =>
  part === 1 ? `erasure-${rightsId}` : `erasure.${part}-${rightsId}`;
export const strikeOutIdOf = (strikeOutId: string): string => `strike-out-${strikeOutId}`;

/** The case of rights that an erasure, or a part of one, was decided in; undefined: the id is of something else. */
export const rightsOfErasure = (destructionId: string): string | undefined =>
  /^erasure(?:\.\d+)?-(.+)$/s.exec(destructionId)?.[1];
