import { LRUCache } from 'lru-cache';
import type { Temoin } from '#application/temoin.js';
import { type TokenDocument, tokenByHash, tokensView } from '#views/tokens.js';

export interface TokenLookup {
  /** The token with this hash, whatever its state; undefined when there is none. */
  find(hash: string): Promise<TokenDocument | undefined>;
  stop(): Promise<void>;
}

interface Found {
  readonly token: TokenDocument;
  /** Up to where the view was true before it was asked. */
  readonly asOf: string;
}

/** Whatever happens, the view is asked again after this time. */
const KEPT_MS = 1000;

/**
 * Finds tokens by their hash. An answer of the view is kept until a token is issued or revoked, by whatever process: the
 * log tells, and what the view answers is kept again once it has come that far. The log tells this process no later than
 * the view that it projects itself; where another process projects, a revoked token may pass until this one has heard of
 * it: a fifth of a second on SQLite, a second at most.
 */
export function tokenLookup(temoin: Pick<Temoin, 'asOf' | 'viewStore' | 'eventStore'>): TokenLookup {
  const { eventStore } = temoin;
  const { schema, streamPrefixes } = tokensView;
  const kept = new LRUCache<string, Found>({ max: 1000, ttl: KEPT_MS, ttlResolution: 50 });
  const stopping = new AbortController();
  /** Position of the last event about tokens; undefined while that is not known: then nothing is kept. */
  let changed: string | undefined;

  async function follow(): Promise<void> {
    const after = await eventStore.head();
    const range = { streamPrefixes, signal: stopping.signal, ...(after === undefined ? {} : { after }) };
    changed = after ?? '';
    for await (const delivery of eventStore.subscribe(range))
      if (delivery.kind === 'event') changed = delivery.event.position;
  }
  const ended = follow()
    .catch(() => undefined)
    .then(() => {
      changed = undefined;
    });

  return {
    async find(hash) {
      const found = kept.get(hash);
      if (found && changed !== undefined && found.asOf >= changed) return found.token;
      const asOf = (await temoin.asOf(schema.name)).position;
      const token = await tokenByHash(temoin, hash);
      if (token && asOf !== undefined) kept.set(hash, { token, asOf });
      return token;
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
