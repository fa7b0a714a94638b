// memory-cqs: payments in memory, reads as fresh as the last write, nothing durable.

import {
  createStoreWriteModel,
  strategyFromStore,
  type Clock,
  type Ids,
  type Measurement,
  type PaymentDocument,
  type Strategy,
} from '@paystrata/application';
import { createMemoryStore } from '../store/memory-store.ts';
import { BufferedWriter, inParts, type BulkWriter } from './bulk-writer.ts';
import { CachedSearch } from './cached-search.ts';
import { createIndexMaintenance } from './index-maintenance.ts';
import { createIndexedReadModel, type IndexedReadModel } from './indexed-read-model.ts';
import { MemoryUse } from './memory-use.ts';
import { memoryCqsOptionsSchema, type MemoryCqsOptions } from './options.ts';
import { ServedIndex } from './served-index.ts';

export interface MemoryCqsDependencies extends Partial<MemoryCqsOptions> {
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The strategy, with a writer for orders that come one by one and may wait for each other. */
export interface MemoryCqsStrategy extends Strategy {
  readonly writer: BulkWriter;
}

/**
 * A strategy that is not started yet. It forgets everything when it is stopped.
 *
 * @throws ZodError where an option is not what the schema says.
 */
export function createMemoryCqsStrategy({ clock, ids, ...options }: MemoryCqsDependencies): MemoryCqsStrategy {
  const { maxPayments, bulkSize, cacheTtlSeconds } = memoryCqsOptionsSchema.parse(options);
  const cache = new CachedSearch({ clock, ttlSeconds: cacheTtlSeconds });
  const memory = new MemoryUse();
  const served = new ServedIndex({
    changed: ({ payment }: PaymentDocument) => {
      cache.changed(payment.organizationId);
      memory.changed();
    },
    replaced: () => cache.clear(),
  });
  const store = createMemoryStore({ name: 'memory-cqs', maxPayments, projection: served });
  const source = {
    readAll: store.readAll.bind(store),
    epoch: store.epoch.bind(store),
    position: store.position.bind(store),
  };
  const read = createIndexedReadModel(served, { source, clock, cache });
  const write = inParts(createStoreWriteModel({ store, ids, clock }), bulkSize);
  const writer = new BufferedWriter(write, bulkSize);
  const strategy = strategyFromStore(
    { store, ids, clock },
    {
      write,
      read,
      maintenance: createIndexMaintenance({ store, read, onMended: () => cache.clear() }),
      measure: () => [...measurementsOf(read, cache, writer), ...memory.measure()],
    },
  );
  const stop = async () => {
    await writer.stop();
    await store.stop();
  };
  return { ...strategy, writer, stop };
}

function measurementsOf(read: IndexedReadModel, cache: CachedSearch, writer: BulkWriter): readonly Measurement[] {
  return [
    { name: 'paystrata_payments', value: read.index().size(), labels: {} },
    { name: 'paystrata_organizations', value: read.index().organizations().length, labels: {} },
    { name: 'paystrata_search_cache_hits', value: cache.counts.hits, labels: {} },
    { name: 'paystrata_search_cache_misses', value: cache.counts.misses, labels: {} },
    { name: 'paystrata_bulk_buffered', value: writer.buffered, labels: {} },
  ];
}
