import type { EventDefinition } from '#kernel/define-event.js';
import { bindings } from '../../apps/composition/bindings.js';

/** Every event that the installation can store, by stream category. */
export const catalogue: readonly (readonly [category: string, events: readonly EventDefinition[]])[] = bindings.map(
  ({ category, events }) => [category, events],
);
