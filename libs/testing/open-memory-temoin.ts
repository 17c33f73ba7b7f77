import { createSecretKey, randomBytes } from 'node:crypto';
import { memoryEventStore } from '#adapters/event-store-memory/event-store-memory.js';
import { memoryKeyVault } from '#adapters/key-vault-memory/key-vault-memory.js';
import { memoryViewStore } from '#adapters/view-store-memory/view-store-memory.js';
import { bind } from '#application/bind.js';
import { openTemoin, type Temoin, type TemoinOptions } from '#application/temoin.js';
import { fromEpochMilliseconds, type Instant, plusMilliseconds } from '#kernel/time.js';
import type { Clock } from '#ports/clock/clock.js';
import type { RootKeySource, RootKeys } from '#vault/root-key.js';
import { visit, visitsView } from './visit.js';

/** A fresh root key that lives as long as the test. */
export function memoryRootKey(): RootKeySource & RootKeys {
  const key = createSecretKey(randomBytes(32));
  const roots: RootKeys = { current: 1, key: (epoch) => (epoch === 1 ? key : undefined) };
  return { ...roots, load: async () => roots };
}

/** Stands still until it is moved. */
export interface FixedClock extends Clock {
  advance(milliseconds: number): void;
}
export function fixedClock(start = '2026-06-02T07:30:00.000Z'): FixedClock {
  let now = fromEpochMilliseconds(Date.parse(start));
  return {
    now: (): Instant => now,
    advance(milliseconds) {
      now = plusMilliseconds(now, milliseconds);
    },
  };
}

/** The whole application on memory stores, with the visit aggregate unless the test brings its own. */
export function openMemoryTemoin(given: Partial<TemoinOptions> = {}): Promise<Temoin> {
  return openTemoin({
    eventStore: memoryEventStore(),
    viewStore: memoryViewStore(),
    keyVault: memoryKeyVault(),
    rootKey: memoryRootKey(),
    clock: fixedClock(),
    bindings: [bind(visit)],
    views: [visitsView],
    ...given,
  });
}
