import { rightsEvents } from '#domain/rights/events.js';
import { rights } from '#domain/rights/rights.js';
import type { Position } from '#ports/event-store/event-store.js';
import type { Temoin } from '../temoin.js';
import { restrictWhatIsHeld } from './restrict-held.js';

type Parts = Pick<Temoin, 'eventStore' | 'reader' | 'ids' | 'execute'>;
const CATEGORY = 'rights-';
const ENDING = new Set<string>(['RightsRequestWithdrawn', 'RightsRequestClosed']);
const DECIDING = 'RightsDecisionMade';
const withoutTypes = rightsEvents
  .map(({ type }) => type as string)
  .filter((type) => type !== DECIDING && !ENDING.has(type));

/**
 * Follows decisions on rights: where one leaves something for a dispute and a crash came before its restriction, that is
 * made up for. A case that has ended is left alone: what was lifted or released since stands. Again changes nothing, so
 * nothing has to be remembered between two starts; within one, each decision is looked at once, and one whose end is seen
 * in the same look is not read at all.
 * @returns one look: resolves when every decision stored so far has what it brings along
 * @throws what the stores throw: call again
 */
export function restrictionsOfDecisions(temoin: Parts): () => Promise<void> {
  let seen: Position | undefined;
  /** Decided, and not restricted yet. */
  const waiting = new Set<string>();
  return async () => {
    const head = await temoin.eventStore.head();
    const range = { streamPrefixes: [CATEGORY], withoutTypes, ...(seen === undefined ? {} : { after: seen }) };
    for await (const { type, stream } of temoin.eventStore.readAll(range)) {
      const rightsId = stream.slice(CATEGORY.length);
      if (type === DECIDING) waiting.add(rightsId);
      else if (ENDING.has(type)) waiting.delete(rightsId);
    }
    seen = head;
    const faults: unknown[] = [];
    for (const rightsId of [...waiting]) {
      try {
        await restrictUnlessEnded(temoin, rightsId);
        waiting.delete(rightsId);
      } catch (error) {
        // it holds no other up, and is looked at again
        faults.push(error);
      }
    }
    if (faults.length > 0) throw faults[0];
  };
}

async function restrictUnlessEnded(temoin: Parts, rightsId: string): Promise<void> {
  const found = await temoin.reader.state(rights, rightsId);
  if (found?.ended === undefined) await restrictWhatIsHeld(temoin, rightsId);
}
