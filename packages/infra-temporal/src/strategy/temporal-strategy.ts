// The temporal strategy, with what it has beside the ports.

import type { PaymentKey, Strategy } from '@paystrata/application';
import type { PaymentClient } from '../client/payment-client.ts';

export interface TemporalStrategy extends Strategy {
  /** The id of the workflow that keeps a payment. */
  workflowIdOf(key: PaymentKey): string;
  /** Commands and queries for those who work with workflows by name. To be used while the strategy is started. */
  readonly client: PaymentClient;
}

/** Whether a strategy, such as that of a composition, is this one: then it has what stands beside the ports. */
export function isTemporal(strategy: Strategy): strategy is TemporalStrategy {
  return strategy.name === 'temporal' && 'client' in strategy;
}
