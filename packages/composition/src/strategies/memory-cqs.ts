// The strategy memory-cqs: everything in the memory of this process.

import { loadPackage } from './load-package.ts';
import type { LoadStrategy } from './strategy-parts.ts';

export const loadMemoryCqs: LoadStrategy = async ({ memory, cache }) => {
  const { createMemoryCqsStrategy } = await loadPackage(
    '@paystrata/infra-inmemory',
    'the strategy memory-cqs',
    () => import('@paystrata/infra-inmemory'),
  );
  const { bulkSize, maxPayments } = memory;
  const options = { bulkSize, maxPayments, cacheTtlSeconds: cache.ttlSeconds };
  return { create: ({ clock, ids }) => createMemoryCqsStrategy({ clock, ids, ...options }), createLedger: null };
};
