// The state of a strategy, shown as the API would show it.

import type { Strategy } from '@paystrata/application';
import type { StorageView } from '../client.ts';

export async function storageView(strategy: Strategy): Promise<StorageView> {
  const { healthy, sources } = await strategy.health();
  return {
    strategy: strategy.name,
    capabilities: { ...strategy.capabilities },
    healthy,
    sources,
    actions: strategy.maintenance.actions,
    measurements: strategy.measure(),
  };
}
