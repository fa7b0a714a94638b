// The strategy multi-source: SQL is the record; Redis, a search engine and a folder stand beside it.

import { join } from 'node:path';
import { PortFailure } from '@paystrata/application';
import type { Config } from '../config/load-config.ts';
import { durableLedger } from './durable-ledger.ts';
import { loadPackage } from './load-package.ts';
import { keyringOf, sqlPlaceOf } from './sql-places.ts';
import type { LoadStrategy } from './strategy-parts.ts';

export const loadMultiSource: LoadStrategy = async (config) => {
  const { storage, archive, server } = config;
  const { createMultiSourceStrategy } = await loadPackage(
    '@paystrata/infra-multisource',
    'the strategy multi-source',
    () => import('@paystrata/infra-multisource'),
  );
  if (storage.databaseUrl === 'memory:') {
    throw new PortFailure(
      'CONFIG_INVALID',
      'PAYSTRATA_DATABASE_URL is "memory:", but multi-source needs a record that lasts: give a PostgreSQL database, or nothing for SQLite',
    );
  }
  const options = { ...optionsOf(config), archive, store: sqlPlaceOf(storage), ...keyringOf(storage) };
  // Whoever serves questions keeps an index in its memory, whether it works in the background or not.
  const isServer = server.role === 'query' || server.role === 'command';
  return {
    create: ({ clock, ids, logger, background }) =>
      createMultiSourceStrategy({ ...options, clock, ids, logger, background, answers: background || isServer }),
    createLedger: await durableLedger(storage),
  };
};

function optionsOf({ storage, multiSource, cache }: Config) {
  const { redisUrl, searchUrl, filesDir, dataDir } = storage;
  const { memoryPayments, staleSeconds, leaseSeconds, routes, ttlSeconds } = multiSource;
  const { ttlSeconds: other } = cache;
  const { search = other, suggestions = other, statistics = other, analytics = other } = ttlSeconds;
  return {
    ...{ redisUrl, searchUrl, filesDir: filesDir ?? join(dataDir, 'files') },
    ...{ memoryPayments, staleSeconds, routes, relay: { leaseSeconds } },
    cache: { ttlSeconds: { get: cache.paymentTtlSeconds, search, suggestions, statistics, analytics } },
  };
}
