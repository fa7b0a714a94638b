// The strategy memory-cqrs: in the memory of this process, read and written apart; Redis is its second cache, if given.

import { loadPackage } from './load-package.ts';
import type { LoadStrategy } from './strategy-parts.ts';

export const loadMemoryCqrs: LoadStrategy = async ({ memory, cache, storage: { redisUrl } }) => {
  const { createMemoryCqrsStrategy } = await loadPackage(
    '@paystrata/infra-inmemory',
    'the strategy memory-cqrs',
    () => import('@paystrata/infra-inmemory'),
  );
  const options = { ...memory, cacheTtlSeconds: cache.ttlSeconds, redisUrl };
  return {
    create: ({ clock, ids, logger }) => createMemoryCqrsStrategy({ ...options, clock, ids, logger }),
    createLedger: null,
  };
};
