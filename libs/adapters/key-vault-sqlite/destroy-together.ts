import type { Tombstone } from '#ports/key-vault/key-vault.js';
import type { DestroyArgument } from './operations.js';

type Tombstones = readonly Tombstone[];

interface Waiting {
  readonly argument: DestroyArgument;
  readonly resolve: (tombstones: Tombstones) => void;
  readonly reject: (error: unknown) => void;
}

/** Of one call to the worker. */
const MOST = 500;

/**
 * Destructions asked for while others are at the worker go together when it is back: they share its transactions and its
 * waits for the disk. Each is answered once its own bytes are gone; what one call cannot do, all of it may ask again.
 */
export function destroyTogether(send: (batch: readonly DestroyArgument[]) => Promise<readonly Tombstones[]>) {
  const waiting: Waiting[] = [];
  let busy = false;

  async function pump(): Promise<void> {
    busy = true;
    // those who ask in the same turn come along
    await Promise.resolve();
    for (let batch = waiting.splice(0, MOST); batch.length > 0; batch = waiting.splice(0, MOST))
      try {
        const answers = await send(batch.map(({ argument }) => argument));
        for (const [index, { resolve }] of batch.entries()) resolve(answers[index] ?? []);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    busy = false;
  }

  return (argument: DestroyArgument): Promise<Tombstones> =>
    new Promise((resolve, reject) => {
      waiting.push({ argument, resolve, reject });
      if (!busy) void pump();
    });
}
