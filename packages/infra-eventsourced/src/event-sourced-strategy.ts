// The event-sourced strategy, with what a team can build on the same log besides payments.

import type { EventStore, SnapshotStore, Strategy, SubscriptionStore } from '@paystrata/application';

export interface EventSourcedStrategy extends Strategy {
  /**
   * Streams of events of any category, in one log and one order with the payments, whatever the store. To be used while
   * the strategy is started.
   */
  readonly eventStore: EventStore;
  /** Where subscriptions to that log, and to the strategy's, keep how far they got. */
  readonly subscriptions: SubscriptionStore;
  /** Where repositories keep snapshots of their aggregates. */
  readonly snapshots: SnapshotStore;
}

/** Whether a strategy, such as that of a composition, is this one: then it has what stands beside the ports. */
export function isEventSourced(strategy: Strategy): strategy is EventSourcedStrategy {
  return 'eventStore' in strategy && 'subscriptions' in strategy && 'snapshots' in strategy;
}
