// So many requests a second a key, and as many failures to show one an address; one count for all processes where they
// share a Redis.

import { rateSpanOf, type Composition } from '@paystrata/composition';
import type { Taken } from '@paystrata/application';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Api, Reply, Request } from '../http/api.ts';

export interface RateLimits {
  /** Counts a request that showed no valid key. @throws HttpProblem `rate_limited` */
  countStranger(request: Request): Promise<void>;
  /** Counts every request with a key; to be called once they are authenticated. */
  limitKeys(app: Api): void;
}

const unlimited: RateLimits = { countStranger: async () => undefined, limitKeys: () => undefined };

/** `burst` requests in the time that they take in the long run: `ratePerSecond` on average. 0: no limit. */
export function createRateLimits({ config, sharedRates }: Pick<Composition, 'config' | 'sharedRates'>): RateLimits {
  const span = rateSpanOf(config);
  if (span === null) return unlimited;
  const here = new RateLimiterMemory({ points: span.points, duration: span.seconds });
  // While the shared count cannot be reached, each process counts for itself.
  const take = (who: string) =>
    sharedRates === null ? takeHere(here, who) : sharedRates.take(who).catch(() => takeHere(here, who));
  const { ratePerSecond, burst } = config.limits;

  async function count(who: string, reply: Reply | null): Promise<void> {
    const { isAllowed, left, fullInMs } = await take(who);
    const seconds = Math.ceil(fullInMs / 1000);
    reply?.headers({ 'ratelimit-limit': burst, 'ratelimit-remaining': left, 'ratelimit-reset': seconds });
    if (isAllowed) return;
    throw new HttpProblem('rate_limited', `at most ${burst} requests at once and ${ratePerSecond} a second`, {
      headers: { 'retry-after': String(Math.max(1, seconds)) },
    });
  }

  return {
    countStranger: ({ ip }) => count(`address ${ip}`, null),
    limitKeys: (app) => {
      app.addHook('onRequest', async ({ principal }, reply) => {
        if (principal !== null) await count(`key ${principal.keyId}`, reply);
      });
    },
  };
}

/** A refusal comes as a rejection that is no error. */
async function takeHere(limiter: RateLimiterMemory, who: string): Promise<Taken> {
  try {
    return taken(true, await limiter.consume(who));
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return taken(false, refusal);
    throw refusal;
  }
}

function taken(isAllowed: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Taken {
  return { isAllowed, left: Math.max(0, remainingPoints), fullInMs: Math.max(0, msBeforeNext) };
}
