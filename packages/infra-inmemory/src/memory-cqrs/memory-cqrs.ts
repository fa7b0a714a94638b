// memory-cqrs: payments in memory, written and read apart; projections follow the log, answers are cached.

import { createAdoption, createStoreWriteModel, type Health, type Strategy } from '@paystrata/application';
import type { MemoryEventBus } from './event-bus/memory-event-bus.ts';
import { createCqrsMaintenance } from './maintenance/cqrs-maintenance.ts';
import { measurementsOf } from './measurements.ts';
import { memoryCqrsOptionsSchema, type MemoryCqrsOptions } from './options.ts';
import { createPartitionedLog } from './partitioned-log.ts';
import { MemoryCqrsParts, type Surroundings } from './parts.ts';
import { createProjectedReadModel } from './projections/projected-read-model.ts';
import type { ProjectionControls } from './projections/projections.ts';
import type { Partitions } from './write-model/partitions.ts';
import { createRoutedWriteModel } from './write-model/routed-write-model.ts';

export interface MemoryCqrsDependencies extends Partial<MemoryCqrsOptions>, Surroundings {}

/** The strategy, with what an operator and handlers of events need beside the ports. */
export interface MemoryCqrsStrategy extends Strategy {
  readonly events: MemoryEventBus;
  readonly projections: ProjectionControls;
  readonly partitions: Partitions;
}

/** Whether a strategy, such as that of a composition, is this one: then it has the operator's parts. */
export function isMemoryCqrs(strategy: Strategy): strategy is MemoryCqrsStrategy {
  return 'partitions' in strategy && 'projections' in strategy && 'events' in strategy;
}

const capabilities = Object.freeze({
  durable: false,
  reads: 'eventual',
  globalOrder: 'commit',
  effects: 'runner',
} as const);

/**
 * A strategy that is not started yet. It forgets everything when it is stopped.
 *
 * @throws ZodError where an option is not what the schema says.
 */
export function createMemoryCqrsStrategy(dependencies: MemoryCqrsDependencies): MemoryCqrsStrategy {
  const { clock, ids, logger: _, cacheStore: __, ...given } = dependencies;
  const options = memoryCqrsOptionsSchema.parse(given);
  const parts = new MemoryCqrsParts(options, dependencies);
  const { store, turns, causation, events, projections, partitions, second } = parts;
  const model = createStoreWriteModel({ store, ids, clock });
  const { routingField, bulkSize } = options;
  return {
    name: store.name,
    capabilities,
    write: createRoutedWriteModel({ model, turns, causation, routingField, bulkSize }),
    read: createProjectedReadModel({ ...parts, clock }),
    log: createPartitionedLog({ ...parts, clock }),
    maintenance: createCqrsMaintenance(parts),
    adopt: createAdoption({ store }),
    events,
    projections,
    partitions,
    start: async () => {
      await second?.store.start();
      await store.start();
      turns.open();
    },
    stop: async () => {
      // Handlers first: the commands that they are about to give are still taken.
      await events.stop();
      await turns.close();
      await store.stop();
      await second?.store.stop();
    },
    epoch: () => store.epoch(),
    health: () => healthOf(parts),
    measure: () => measurementsOf(parts),
  };
}

/** Without its second cache level it is healthy all the same: answers go on. */
async function healthOf({ store, projections, second }: MemoryCqrsParts): Promise<Health> {
  const problem = await store.readAll({ direction: 'backward', from: null, limit: 1 }).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const needed = [
    { name: store.name, healthy: problem === null, problem },
    ...projections.all.map((each) => {
      const { name, problem: stuck } = each.status();
      return { name: `projection ${name}`, healthy: stuck === null, problem: stuck };
    }),
  ];
  const healthy = needed.every((each) => each.healthy);
  if (second === null) return { healthy, sources: needed };
  const { name, answering } = second.store;
  const cache = {
    name,
    healthy: answering,
    problem: answering ? null : 'it does not answer; answers go on without it',
  };
  return { healthy, sources: [...needed, cache] };
}
