// memory-cqs: payments in memory, reads as fresh as the last write, nothing durable.

import { strategyFromStore, type Clock, type Ids, type Strategy } from '@paystrata/application';
import { createMemoryStore } from '../store/memory-store.ts';
import { memoryCqsOptionsSchema, type MemoryCqsOptions } from './options.ts';

export interface MemoryCqsDependencies extends Partial<MemoryCqsOptions> {
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * A strategy that is not started yet. It forgets everything when it is stopped.
 *
 * @throws ZodError where an option is not what the schema says.
 */
export function createMemoryCqsStrategy({ clock, ids, ...options }: MemoryCqsDependencies): Strategy {
  const { maxPayments } = memoryCqsOptionsSchema.parse(options);
  return strategyFromStore({ store: createMemoryStore({ name: 'memory-cqs', maxPayments }), ids, clock });
}
