import type { CellId } from '#kernel/sealed.js';
import { certify } from './certify.js';
import {
  type DestroyedTarget,
  type DestructionRecord,
  destructionRecord,
  isReadBackWhole,
  isThrough,
  type Target,
} from './destruction-record.js';
import { ErasureError, type ErasureParts, reasonOf, type Unfinished } from './erasure-parts.js';
import { giveSurely } from './give-step.js';
import { readBack } from './read-back.js';

/**
 * Reads back and certifies what is destroyed, in one pass over log and views for all of it.
 * @param evicted resolves once no process can use a destroyed key any more
 * @returns those that are not complete, and why
 * @throws ErasureError `erasures-unverified`; what the event store throws
 */
export async function verifyDestroyed(
  parts: ErasureParts,
  targets: readonly Target[],
  evicted: () => Promise<void>,
): Promise<readonly Unfinished[]> {
  const { temoin, siblings, onStep = () => undefined } = parts;
  if (!temoin.verified) throw unverified();
  const left: Unfinished[] = [];
  const toRead: DestroyedTarget[] = [];
  const each = async <T extends Target>(all: readonly T[], step: (target: T) => Promise<void>): Promise<void> => {
    for (const target of all)
      await step(target).catch((error: unknown) => {
        left.push({ memberId: target.memberId, destructionId: target.destructionId, code: reasonOf(error) });
      });
  };
  await each(targets, async (target) => {
    const record = await recordOf(parts, target);
    if (!record.destroyed || isThrough(record)) return;
    if (isReadBackWhole(record)) await certify(parts, record);
    else toRead.push({ ...target, cells: record.condemned.cells });
  });
  if (toRead.length === 0) return left;

  await evicted();
  for (const { cells, destructionId } of toRead) {
    await onStep('evicted', destructionId);
    // what cannot be emptied now is counted as not verified below
    for (const store of siblings) await store.forget(cells as readonly CellId[]).catch(() => 0);
    await onStep('siblings-emptied', destructionId);
  }
  const answers = await readBack(temoin, siblings, toRead);
  await each(toRead, async (target) => {
    await onStep('read-back', target.destructionId);
    const whole = await recordAnswers(parts, target, answers.get(target.destructionId) ?? []);
    if (!whole) left.push({ memberId: target.memberId, destructionId: target.destructionId, code: 'partial' });
  });
  return left;
}

/** Records what was read back, when it says something new, and its certificate. @returns true when all was erased */
async function recordAnswers(
  parts: ErasureParts,
  target: Target,
  stores: NonNullable<DestructionRecord['readBack']>['stores'],
): Promise<boolean> {
  const { memberId, destructionId } = target;
  const before = await recordOf(parts, target);
  if (JSON.stringify(before.readBack?.stores) !== JSON.stringify(stores)) {
    await giveSurely(parts.temoin, { type: 'RecordReadBack', memberId, destructionId, stores });
    await parts.onStep?.('read-back-recorded', destructionId);
  }
  const after = await recordOf(parts, target);
  await certify(parts, after);
  return isReadBackWhole(after);
}

async function recordOf({ temoin }: ErasureParts, { memberId, destructionId }: Target): Promise<DestructionRecord> {
  const record = await destructionRecord(temoin, memberId, destructionId);
  if (!record) throw new ErasureError('destruction-unknown', `Nothing is condemned under ${destructionId}.`);
  return record;
}

export const unverified = () =>
  new ErasureError('erasures-unverified', 'The erasure ledger must be put back before anything is erased.');
