// What a mutant is: a sound strategy with one thing broken.

import { strategyFromStore, type EventLog, type PaymentStore, type ReadModel } from '@paystrata/application';
import type { Strategy, WriteModel } from '@paystrata/application';
import { createOwnStore, emptyData } from '../../example/own-strategy.ts';
import type { Property } from '../../kit/properties.ts';
import type { ConformanceFactory, Surroundings } from '../../kit/subject.ts';

export interface Mutant {
  /** What is wrong with it. */
  readonly name: string;
  /** The property that it is made to break. */
  readonly breaks: Property;
  /** Other properties that cannot hold where that is broken. */
  readonly alsoBreaks?: readonly Property[];
  readonly store?: (store: PaymentStore) => Partial<PaymentStore>;
  readonly write?: (write: WriteModel, strategy: Strategy) => Partial<WriteModel>;
  readonly read?: (read: ReadModel, strategy: Strategy) => Partial<ReadModel>;
  readonly log?: (log: EventLog, strategy: Strategy) => Partial<EventLog>;
  readonly whole?: (strategy: Strategy) => Partial<Strategy>;
  /** What is left of the data after a restart, and the epoch then. */
  readonly restart?: (data: ReturnType<typeof emptyData>) => ReturnType<typeof emptyData>;
}

/** A factory of mutants; without one, of the sound strategy that they are made of: durable, in this process. */
export function factoryOf(mutant: Partial<Mutant>): ConformanceFactory {
  return {
    async create(surroundings) {
      let data = emptyData(surroundings.ids.next());
      let strategy = await started(mutant, data, surroundings);
      return {
        strategy,
        async restart() {
          await strategy.stop();
          data = mutant.restart?.(data) ?? data;
          strategy = await started(mutant, data, surroundings);
          return strategy;
        },
        beside: () => started(mutant, data, surroundings),
        dispose: () => strategy.stop(),
      };
    },
    // The smallest cases: a mutant that only many payments give away is not one of these.
    scale: 0,
    patienceMs: 1000,
  };
}

async function started(mutant: Partial<Mutant>, data: ReturnType<typeof emptyData>, { clock, ids }: Surroundings) {
  const sound = createOwnStore(data, true);
  const store = { ...sound, ...mutant.store?.(sound) };
  const derived = strategyFromStore({ store, clock, ids });
  const strategy: Strategy = {
    ...derived,
    write: { ...derived.write, ...mutant.write?.(derived.write, derived) },
    read: { ...derived.read, ...mutant.read?.(derived.read, derived) },
    log: { ...derived.log, ...mutant.log?.(derived.log, derived) },
    ...mutant.whole?.(derived),
  };
  await strategy.start();
  return strategy;
}
