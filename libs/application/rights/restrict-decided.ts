import { rights } from '#domain/rights/rights.js';
import type { Position } from '#ports/event-store/event-store.js';
import type { Temoin } from '../temoin.js';
import { restrictWhatIsHeld } from './restrict-held.js';

type Parts = Pick<Temoin, 'eventStore' | 'reader' | 'ids' | 'execute'>;
const CATEGORY = 'rights-';

/**
 * Follows decisions on rights: where one leaves something for a dispute and a crash came before its restriction, that is
 * made up for. A case that has ended is left alone: what was lifted or released since stands. Again changes nothing, so
 * nothing has to be remembered between two starts; within one, each decision is looked at once.
 * @returns one look: resolves when every decision stored so far has what it brings along
 * @throws what the stores throw: call again
 */
export function restrictionsOfDecisions(temoin: Parts): () => Promise<void> {
  let seen: Position | undefined;
  return async () => {
    const range = { streamPrefixes: [CATEGORY], ...(seen === undefined ? {} : { after: seen }) };
    const faults: unknown[] = [];
    for await (const { type, stream, position } of temoin.eventStore.readAll(range)) {
      try {
        if (type === 'RightsDecisionMade') await restrictUnlessEnded(temoin, stream.slice(CATEGORY.length));
      } catch (error) {
        // it holds no other up, and is looked at again with those that follow it
        faults.push(error);
      }
      if (faults.length === 0) seen = position;
    }
    if (faults.length > 0) throw faults[0];
  };
}

async function restrictUnlessEnded(temoin: Parts, rightsId: string): Promise<void> {
  const found = await temoin.reader.state(rights, rightsId);
  if (found?.ended === undefined) await restrictWhatIsHeld(temoin, rightsId);
}
