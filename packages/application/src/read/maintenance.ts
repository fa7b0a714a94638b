// Maintenance of a strategy that is derived from a store: its state is checked against the log, its reads folded anew.

import { PortFailure } from '../ports/failures.ts';
import type {
  Maintenance,
  MaintenanceAction,
  MaintenanceOptions,
  MaintenanceReport,
  MaintenanceScope,
} from '../ports/maintenance.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { LogFedReadModel } from './log-fed-read-model.ts';
import { verifyStore } from './verify-store.ts';

export interface DerivedMaintenanceOptions {
  readonly store: Pick<PaymentStore, 'name' | 'load' | 'readAll'>;
  /** What `rebuild` folds anew, whole, whatever the scope. Without it there is no such action. */
  readonly readModel?: Pick<LogFedReadModel, 'rebuild'>;
}

/** `verify`, and `rebuild` where there is a read model to rebuild; the rest is for strategies that keep more. */
export function createDerivedMaintenance({ store, readModel }: DerivedMaintenanceOptions): Maintenance {
  const actions: readonly MaintenanceAction[] = readModel === undefined ? ['verify'] : ['verify', 'rebuild'];
  return {
    actions,
    run: async (action, scope, options = {}) => {
      options.signal?.throwIfAborted();
      if (action === 'verify') return verify(store, scope, options);
      if (action === 'rebuild' && readModel !== undefined) return rebuild(readModel, options);
      throw capabilityMissing(store.name, action, actions);
    },
  };
}

/** @throws PortFailure `CAPABILITY_MISSING` where a root is to be compared or made: what is not sealed has none. */
function verify(
  store: DerivedMaintenanceOptions['store'],
  scope: MaintenanceScope,
  options: MaintenanceOptions,
): Promise<MaintenanceReport> {
  if (options.keptRoot === undefined && options.seal !== true) return verifyStore(store, scope, options);
  const message = `${store.name} does not seal its log, so there is no root to compare or to make`;
  throw new PortFailure('CAPABILITY_MISSING', message, { details: { strategy: store.name, action: 'verify' } });
}

/** The failure of an action that a strategy does not have. */
export function capabilityMissing(
  strategy: string,
  action: MaintenanceAction,
  actions: readonly MaintenanceAction[],
): PortFailure {
  const message = `${strategy} has nothing to ${action}; what it has: ${actions.join(', ')}`;
  return new PortFailure('CAPABILITY_MISSING', message, { details: { strategy, action } });
}

async function rebuild(
  readModel: Pick<LogFedReadModel, 'rebuild'>,
  { onProgress }: MaintenanceOptions,
): Promise<MaintenanceReport> {
  const count = await readModel.rebuild();
  onProgress?.({ done: count, total: count });
  return { action: 'rebuild', checked: count, changed: count, differences: [], differing: 0 };
}
