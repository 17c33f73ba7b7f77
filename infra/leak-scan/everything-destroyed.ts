import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Json } from '../demo/http-client.js';

const PATIENCE_MS = 600_000;

/** Waits until whatever is decided to be destroyed is through. @throws Error when it takes too long */
export async function everythingDestroyed(api: Client): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(200)) {
    const { items } = (await api.get('/destructions')) as { readonly items: readonly Json[] };
    if (items.every(({ complete }) => complete === true)) return;
  }
  throw new Error('a destruction does not come to its end');
}
