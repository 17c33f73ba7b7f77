import type { ServiceLimits } from '../service-parts.js';

/**
 * How long a request waits for a view, in milliseconds. Twice as long as the lease of whoever projects: where that process has
 * died, the one that takes over is waited for, and nobody has to ask again.
 */
const LONGEST_MS = 20_000;

export const viewPatience = ({ viewPatienceMs = LONGEST_MS }: Pick<ServiceLimits, 'viewPatienceMs'>): number =>
  viewPatienceMs;
