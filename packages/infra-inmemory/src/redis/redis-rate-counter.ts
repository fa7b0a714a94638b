// One count for all processes that share a Redis.

import { type Logger, type RateCounter, type RateSpan, type Taken } from '@paystrata/application';
import { circuitBreaker, ConsecutiveBreaker, handleAll, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { makeRedisClient } from './redis-client.ts';

/** An answer that takes longer is not waited for. */
const PATIENCE_MS = 100;
const FAILURES = 3;
/** After so long one call asks again, to see whether it is well. */
const HALF_OPEN_AFTER_MS = 500;

/** A counter that has to be closed. */
interface OpenRateCounter extends RateCounter {
  stop(): Promise<void>;
}

/**
 * Connects in the background. While Redis does not answer, `take` fails: within a tenth of a second, then at once.
 *
 * @throws PortFailure `CONFIG_INVALID` where the client is not installed.
 */
export async function createRedisRateCounter(
  url: string,
  { points, seconds }: RateSpan,
  logger: Logger,
): Promise<OpenRateCounter> {
  const client = await makeRedisClient(url, logger, 'each process limits rates by itself');
  void client.connect().catch((error: unknown) => logger.warn({ error }, 'Redis is not tried any more'));
  const limiter = new RateLimiterRedis({
    storeClient: client,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    keyPrefix: 'paystrata:rate',
    points,
    duration: seconds,
    // Who is over the limit is told so without another question.
    inMemoryBlockOnConsumed: points + 1,
  });
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: HALF_OPEN_AFTER_MS,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  const policy = wrap(breaker, timeout(PATIENCE_MS, TimeoutStrategy.Aggressive));
  return {
    take: (who) => policy.execute(() => take(limiter, who)),
    stop: async () => {
      if (client.isOpen) client.destroy();
    },
  };
}

/** A refusal comes as a rejection that is no error. */
async function take(limiter: RateLimiterRedis, who: string): Promise<Taken> {
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
