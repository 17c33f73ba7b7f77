import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { fault } from '../problems/problem-fault.js';

const MINUTE = 60;
/** Openings and answers of one link in a minute. */
const OF_A_LINK = 30;
/** Links in a minute that are none, from one address: behind a proxy many people share one, so that good links always pass. */
const WRONG_ONES = 60;

/** In memory: a restart forgives. Tokens of 256 bits are not found by trying; this keeps the noise down. */
export class LinkThrottle {
  private readonly links = new RateLimiterMemory({ points: OF_A_LINK, duration: MINUTE });
  private readonly wrong = new RateLimiterMemory({ points: WRONG_ONES, duration: MINUTE });

  /** @param digest of the link's token @throws ProblemFault `too-many-requests` */
  opened(digest: string): Promise<void> {
    return consume(this.links, digest);
  }

  /** @throws ProblemFault `too-many-requests` once an address has brought too many links that are none */
  missed(address: string): Promise<void> {
    return consume(this.wrong, address);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (limit) {
    if (limit instanceof RateLimiterRes)
      throw fault('too-many-requests', { retryAfter: Math.max(1, Math.ceil(limit.msBeforeNext / 1000)) });
    throw limit;
  }
}
