import { type Cells, isOffer } from './cells.js';

const FIRST_EPOCH = 'first-epoch';

/** The first epoch whose keys are taken. */
export const firstEpoch = async ({ counters }: Cells): Promise<number> =>
  (await counters.findOne({ _id: FIRST_EPOCH }))?.last ?? 0;

/**
 * Ends the epochs before this one: what is offered under them by then is removed, and what comes later is no more taken.
 * Repeated, it finishes what was cut off.
 */
export async function raiseFirstEpoch(at: Cells, epoch: number): Promise<void> {
  if ((await firstEpoch(at)) < epoch)
    await at.counters.updateOne({ _id: FIRST_EPOCH }, { $max: { last: epoch } }, { upsert: true });
  await at.cells.deleteMany({ epoch: { $lt: epoch }, ...isOffer });
}
