import type { Opened, UnreadableFault } from '#kernel/sealed.js';
import type { Opener } from '#ports/opener/opener.js';
import { fault, type ProblemFault } from '../problems/problem-fault.js';

/** Told of values that do not open and were not erased: how many, and why. */
export type UnreadableAlarm = (code: UnreadableFault, values: number) => void;

/** Nothing at all can be read: the same for every value, whoever asks for which. */
const OUTAGES: Readonly<Partial<Record<UnreadableFault, () => ProblemFault>>> = {
  'erasures-unverified': () => fault('erasures-unverified'),
  'vault-unavailable': () => fault('keys-unavailable', { retryAfter: 2 }),
};

/**
 * An opener for queries: an outage is a problem and never an answer, so that no list shows blanks for it. A value that alone
 * is unreadable stands in a list as such, and is told.
 */
export const watchedOpener = (opener: Opener, onUnreadable: UnreadableAlarm): Opener => ({
  async open(values) {
    const answers = await opener.open(values);
    const counts = new Map<UnreadableFault, number>();
    for (const answer of answers)
      if (answer.state === 'unreadable') counts.set(answer.fault, (counts.get(answer.fault) ?? 0) + 1);
    for (const [code, count] of counts) onUnreadable(code, count);
    for (const code of counts.keys()) {
      const outage = OUTAGES[code]?.();
      if (outage) throw outage;
    }
    return answers;
  },
});

/** True when something inside an answer is unreadable; erased is an answer like any other. */
export const holdsUnreadable = (value: unknown): boolean => faultsIn(value).length > 0;

/** The outage that an answer shows, when it shows one: it is then no answer. */
export function outageIn(value: unknown): ProblemFault | undefined {
  for (const code of faultsIn(value)) {
    const outage = OUTAGES[code]?.();
    if (outage) return outage;
  }
  return undefined;
}

function faultsIn(value: unknown): readonly UnreadableFault[] {
  if (typeof value !== 'object' || value === null) return [];
  const { state, fault: code } = value as Partial<Extract<Opened<unknown>, { state: 'unreadable' }>>;
  return state === 'unreadable' && typeof code === 'string' ? [code] : Object.values(value).flatMap(faultsIn);
}
