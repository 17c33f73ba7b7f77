/** The oldest that this adapter's suite is written for: from there on appends carry a deadline and an answer of their own. */
const OLDEST = { major: 22, minor: 10 };

/** @param version as the server says it: `24.6.0.0`, or `unknown` from servers before 21.10 */
export function isTooOld(version: string): boolean {
  const [, first, second] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (first === undefined || second === undefined) return true;
  const major = Number(first);
  // 0.0 is a server that somebody built without its number
  return major !== 0 && (major < OLDEST.major || (major === OLDEST.major && Number(second) < OLDEST.minor));
}

export const tooOld = (version: string): string =>
  `this EventStoreDB server (version ${version}) is too old: 22.10 or later is needed`;
