import { unfinishedDestructions } from '#views/destructions.js';
import { serially } from '../serially.js';
import { condemnDecided } from './condemn-decided.js';
import { destroyKeys } from './destroy-keys.js';
import type { Target } from './destruction-record.js';
import { ErasureError, type ErasureParts, KEY_LEASE_MS, reasonOf, type Unfinished } from './erasure-parts.js';
import { unverified, verifyDestroyed } from './verify.js';

/** What carries decided destructions out. Everything here may be repeated, in any process, at any moment. */
export interface Erasure {
  /**
   * As far as the keys are gone for all processes. Reading back and certifying follow by {@link finish}, or by the process
   * that follows the log.
   */
  destroy(target: Target): Promise<void>;
  /** The whole way to the certificate. @returns whether it is complete; partial is tried again by the process */
  carryOut(target: Target): Promise<'complete' | 'partial'>;
  /** Everything that the log knows of and that is not through. @returns what is still not, and why */
  finish(except?: (destructionId: string) => boolean): Promise<readonly Unfinished[]>;
}

const VIEW_PATIENCE_MS = 30_000;

export function openErasure(parts: ErasureParts): Erasure {
  const { temoin, leaseMs = KEY_LEASE_MS, onStep = () => undefined } = parts;
  const inTurn = serially();
  /** Another process may have read a key just before this one opened, or just before the last destruction. */
  let evictedAt = performance.now() + leaseMs;
  const evicted = async (): Promise<void> => {
    if (parts.othersForgot && !(await parts.othersForgot()))
      throw new ErasureError('others-remember', 'Another process has not dropped what it keeps of destroyed cells.');
    await new Promise<void>((resolve) => setTimeout(resolve, Math.max(0, evictedAt - performance.now())));
  };

  /** A retention run that destroys must not wait for a pass that reads back: each takes turns among its own. */
  const destroy = (target: Target): Promise<void> =>
    inTurn('destroy', async () => {
      if (await destroyKeys(parts, target)) evictedAt = performance.now() + leaseMs;
    });
  const verify = (targets: readonly Target[]): Promise<readonly Unfinished[]> =>
    inTurn('verify', () => verifyDestroyed(parts, targets, evicted));

  async function finish(except: (destructionId: string) => boolean): Promise<readonly Unfinished[]> {
    if (!temoin.verified) throw unverified();
    const head = await temoin.eventStore.head();
    if (head !== undefined) await temoin.waitFor('destructions', head, VIEW_PATIENCE_MS);
    const left: Unfinished[] = [];
    const gone: Target[] = [];
    for (const one of await unfinishedDestructions(temoin)) {
      const { memberId, destructionId, status } = one;
      if (except(destructionId)) continue;
      const target = { memberId, destructionId };
      try {
        if (status === 'decided' && (await condemnDecided(temoin, one)) === 'waiting') {
          left.push({ ...target, code: 'session-running' });
          continue;
        }
        if (status === 'decided') await onStep('condemned', destructionId);
        await destroy(target);
        gone.push(target);
      } catch (error) {
        left.push({ ...target, code: reasonOf(error) });
      }
    }
    return [...left, ...(await verify(gone))];
  }

  return {
    destroy,
    async carryOut(target) {
      await destroy(target);
      return (await verify([target])).length === 0 ? 'complete' : 'partial';
    },
    finish: (except = () => false) => inTurn('finish', () => finish(except)),
  };
}
