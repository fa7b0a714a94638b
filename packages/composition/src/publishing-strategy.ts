// Tells the event bus of every commit of this process, whatever the strategy.

import type { EventBus, Receipt, Strategy, WriteModel } from '@paystrata/application';

/**
 * The strategy, with a write model that publishes what it committed; what it has beside the ports stays. A replay
 * commits nothing.
 */
export function publishing(strategy: Strategy, events: EventBus): Strategy {
  const publish = (receipt: Receipt) => {
    if (!receipt.replayed && receipt.events.length > 0) events.publish(receipt.events);
  };
  const write: WriteModel = {
    execute: async (order) => {
      const result = await strategy.write.execute(order);
      if (result.ok) publish(result.receipt);
      return result;
    },
    executeBulk: async (orders) => {
      const results = await strategy.write.executeBulk(orders);
      for (const result of results) if (result.ok) publish(result.receipt);
      return results;
    },
  };
  return {
    ...strategy,
    name: strategy.name,
    capabilities: strategy.capabilities,
    write,
    read: strategy.read,
    log: strategy.log,
    maintenance: strategy.maintenance,
    start: () => strategy.start(),
    stop: () => strategy.stop(),
    epoch: () => strategy.epoch(),
    health: () => strategy.health(),
    measure: () => strategy.measure(),
  };
}
