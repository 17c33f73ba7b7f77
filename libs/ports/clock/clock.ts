import type { Instant } from '#kernel/time.js';

/** Where "now" comes from. Tests and simulations put another one in; nothing else reads the machine's clock. */
export interface Clock {
  now(): Instant;
}
