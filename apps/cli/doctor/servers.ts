import type { Configuration } from '../../composition/configuration.js';
import type { StoreChoice } from '../../composition/store-choice.js';
import { openEventStore, openKeyVault, openViewStore } from '../../composition/stores.js';
import type { Finding } from './finding.js';
import { openingFault } from './setup-words.js';

/**
 * Each server that is configured, opened by itself: a fault for each that does not open, with what it says. Files are left alone:
 * opening one that is not there would make it.
 */
export async function serversThatDoNotOpen({
  eventStore,
  viewStore,
  keyVault,
}: Pick<Configuration, 'eventStore' | 'viewStore' | 'keyVault'>): Promise<readonly Finding[]> {
  const found = await Promise.all([
    attempt('event store', eventStore, () => openEventStore(eventStore)),
    attempt('view store', viewStore, () => openViewStore(viewStore)),
    attempt('key vault', keyVault, () => openKeyVault(keyVault)),
  ]);
  return found.flatMap((one) => one ?? []);
}

async function attempt(
  what: string,
  { engine }: StoreChoice,
  open: () => Promise<{ close(): Promise<void> }>,
): Promise<Finding | undefined> {
  if (engine === 'sqlite') return undefined;
  try {
    await (await open()).close();
    return undefined;
  } catch (error) {
    return { ...openingFault(error), what };
  }
}
