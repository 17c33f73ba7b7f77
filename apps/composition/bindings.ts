import type { Binding } from '#application/bind.js';

/** Every aggregate of the domain with the loader of its facts. */
export const bindings: readonly Binding[] = [];
