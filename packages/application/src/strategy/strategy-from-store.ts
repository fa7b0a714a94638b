// Makes a whole strategy of a store: everything beyond load, commit and readAll is derived from the log.

import type { RecordedEvent } from '../events/recorded-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { Health, Measurement, Strategy } from '../ports/strategy.ts';
import { createLogFedEventLog } from '../read/log-fed-event-log.ts';
import { createLogFedReadModel } from '../read/log-fed-read-model.ts';
import { createDerivedMaintenance } from '../read/maintenance.ts';
import { createAdoption } from '../write/adoption.ts';
import { createStoreWriteModel } from '../write/store-write-model.ts';

export interface StrategyOptions {
  readonly store: PaymentStore;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Told of every commit of this process; must not throw. */
  readonly onCommitted?: (events: readonly RecordedEvent[]) => void;
}

/** The ports that a store may do better than what is derived. */
export type StrategyOverrides = Partial<
  Pick<Strategy, 'write' | 'read' | 'log' | 'maintenance' | 'health' | 'measure'>
>;

/**
 * A strategy with reads as fresh as the store's log. The derived read model keeps the payments of all organizations in
 * memory: a store that is to grow beyond that overrides it.
 */
export function strategyFromStore(options: StrategyOptions, overrides: StrategyOverrides = {}): Strategy {
  const { store, clock } = options;
  const source = { readAll: store.readAll.bind(store), epoch: store.epoch.bind(store) };
  const read = createLogFedReadModel({ source, clock });
  return {
    name: store.name,
    capabilities: store.capabilities,
    write: createStoreWriteModel(options),
    read,
    log: createLogFedEventLog({ source, clock }),
    maintenance: createDerivedMaintenance({ store, readModel: read }),
    adopt: createAdoption(options),
    start: () => store.start(),
    stop: () => store.stop(),
    epoch: () => store.epoch(),
    health: () => healthOf(store, clock),
    measure: (): readonly Measurement[] => [
      { name: 'paystrata_projection_position', value: read.position(), labels: { projection: 'payments' } },
    ],
    ...overrides,
  };
}

const HEALTH_TIMEOUT_MS = 900;

/** Healthy where the end of the log can be read in time. */
async function healthOf(store: PaymentStore, clock: Clock): Promise<Health> {
  const controller = new AbortController();
  try {
    const late = clock
      .sleep(HEALTH_TIMEOUT_MS, controller.signal)
      .then(() => `no answer within ${HEALTH_TIMEOUT_MS} ms`);
    const answered = store.readAll({ direction: 'backward', from: null, limit: 1 }).then(() => null);
    const problem = await Promise.race([answered, late.catch(() => null)]);
    return { healthy: problem === null, sources: [{ name: store.name, healthy: problem === null, problem }] };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { healthy: false, sources: [{ name: store.name, healthy: false, problem }] };
  } finally {
    controller.abort();
  }
}
