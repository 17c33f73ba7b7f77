import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { fault } from '../problems/problem-fault.js';
import type { ServiceLimits } from '../service-parts.js';

const MINUTE = 60;

/**
 * Slows whoever guesses tokens, by address, and whoever asks too much, by token. In memory: a restart forgives.
 * A token that was good lately passes even from an address that has to wait: several people may share one.
 */
export class Throttle {
  private readonly failures: RateLimiterMemory;
  private readonly requests: RateLimiterMemory | undefined;
  private readonly goodLately = new LRUCache<string, true>({ max: 1000, ttl: 10 * MINUTE * 1000 });

  constructor({ failedTokens, rateLimit }: ServiceLimits) {
    this.failures = new RateLimiterMemory({ points: failedTokens, duration: MINUTE, blockDuration: MINUTE });
    this.requests = rateLimit > 0 ? new RateLimiterMemory({ points: rateLimit, duration: MINUTE }) : undefined;
  }

  /** @throws ProblemFault `too-many-requests` before the token is even looked up */
  async beforeLookup(address: string, tokenHash: string): Promise<void> {
    if (this.goodLately.has(tokenHash)) return;
    const so = await this.failures.get(address);
    if (so !== null && so.remainingPoints <= 0) throw tooMany(so.msBeforeNext);
  }

  /** @throws ProblemFault `too-many-requests` once an address has failed too often */
  async failed(address: string, tokenHash: string | undefined): Promise<void> {
    if (tokenHash !== undefined) this.goodLately.delete(tokenHash);
    await consume(this.failures, address);
  }

  /** @throws ProblemFault `too-many-requests` */
  async passed(tokenId: string, tokenHash: string): Promise<void> {
    this.goodLately.set(tokenHash, true);
    if (this.requests) await consume(this.requests, tokenId);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (limit) {
    if (limit instanceof RateLimiterRes) throw tooMany(limit.msBeforeNext);
    throw limit;
  }
}

const tooMany = (milliseconds: number) =>
  fault('too-many-requests', { retryAfter: Math.max(1, Math.ceil(milliseconds / 1000)) });
