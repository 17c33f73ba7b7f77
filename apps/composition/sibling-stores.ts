import type { SiblingStore } from '#ports/sibling-store/sibling-store.js';
import type { Configuration } from './configuration.js';

/**
 * Every place beside log, views and vault where something of a member may lie. Each is emptied with an erasure and named,
 * with what is left in it, on the certificate. A new place is added here, or what it keeps is never erased.
 */
export const siblingStores = (
  _config: Configuration,
  memberExports: SiblingStore,
  outgoingMail: SiblingStore,
): readonly SiblingStore[] => [memberExports, outgoingMail];
