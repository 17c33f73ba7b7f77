import type { CellId } from '#kernel/sealed.js';
import { isAboutSession } from '#views/session-processes.js';
import type { Step } from './step.js';

/**
 * Asks and reminds nobody about a session whose journal is destroyed. The vault knows it first: before the log, before any view.
 * @throws what the key vault throws when it cannot be asked: the step is tried again
 */
export const unlessDestroyed =
  (step: Step): Step =>
  async (input) => {
    const { temoin, one } = input;
    const { memberId, sessionId } = one.about;
    if (!isAboutSession(one.process) || memberId === undefined || sessionId === undefined) return step(input);
    const [cell] = await temoin.keyVault.lookup([`${memberId}/session:${sessionId}` as CellId]);
    return cell?.state === 'destroyed' ? { done: 'not-needed' } : step(input);
  };
