// The count of requests that all processes share, where there is a Redis for it.

import type { Logger, RateCounter, RateSpan } from '@paystrata/application';
import type { Config } from '../config/load-config.ts';
import { loadPackage } from '../strategies/load-package.ts';

/** What may be counted together, and has to be closed. */
export interface SharedRates {
  /** Null: no Redis is named, or nothing is limited. */
  readonly counter: RateCounter | null;
  stop(): Promise<void>;
}

/** `burst` requests in the time that they take at `ratePerSecond`; null: no limit. */
export function rateSpanOf({ limits: { ratePerSecond, burst } }: Config): RateSpan | null {
  if (ratePerSecond === 0) return null;
  return { points: burst, seconds: Math.max(1, Math.round(burst / ratePerSecond)) };
}

/** @throws PortFailure `CONFIG_INVALID` where a package is missing. */
export async function openSharedRates(config: Config, logger: Logger): Promise<SharedRates> {
  const { redisUrl } = config.storage;
  const span = rateSpanOf(config);
  if (redisUrl === null || span === null) return { counter: null, stop: async () => undefined };
  const { createRedisRateCounter } = await loadPackage(
    '@paystrata/infra-inmemory',
    'PAYSTRATA_REDIS_URL',
    () => import('@paystrata/infra-inmemory'),
  );
  const counter = await createRedisRateCounter(redisUrl, span, logger);
  return { counter, stop: () => counter.stop() };
}
