// Tells subscribers of committed events: in order per payment, each subscriber apart from the others.

import type { PaymentEventType } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import type { Logger } from '../ports/logger.ts';
import { Lanes } from '../write/lanes.ts';

export type EventHandler = (event: RecordedEvent) => Promise<void>;

/** Wraps every handling of an event; the middleware registered first is the outermost. */
export type EventMiddleware = (event: RecordedEvent, next: EventHandler) => Promise<void>;

/**
 * An in-process bus for what may be missed when the process ends: wake-ups, caches, notifications. Whoever must not
 * miss an event reads the log.
 */
export interface EventBus {
  /** @returns a function that ends the subscription. */
  subscribe(types: readonly PaymentEventType[] | 'all', handler: EventHandler): () => void;
  use(middleware: EventMiddleware): void;
  /** Hands the events on and returns at once. Handlers that throw are logged; they hold up nobody. */
  publish(events: readonly RecordedEvent[]): void;
  /** Resolves when everything published so far was handled. */
  settled(): Promise<void>;
}

interface Subscription {
  readonly types: ReadonlySet<PaymentEventType> | null;
  readonly handler: EventHandler;
  readonly lanes: Lanes;
}

export function createEventBus(logger: Logger): EventBus {
  const subscriptions = new Set<Subscription>();
  const stack: EventMiddleware[] = [];
  const inFlight = new Set<Promise<void>>();

  function deliver(subscription: Subscription, event: RecordedEvent): void {
    const handle = stack.reduceRight<EventHandler>((next, each) => (same) => each(same, next), subscription.handler);
    const done = subscription.lanes
      .run(event.paymentId, () => handle(event))
      .catch((error: unknown) => {
        logger.error({ error, eventId: event.eventId, type: event.type }, 'a handler of events failed');
      });
    inFlight.add(done);
    void done.then(() => inFlight.delete(done));
  }

  return {
    subscribe(types, handler) {
      const subscription = { types: types === 'all' ? null : new Set(types), handler, lanes: new Lanes() };
      subscriptions.add(subscription);
      return () => subscriptions.delete(subscription);
    },
    use(middleware) {
      stack.push(middleware);
    },
    publish(events) {
      for (const subscription of subscriptions) {
        for (const event of events) {
          if (subscription.types === null || subscription.types.has(event.type)) deliver(subscription, event);
        }
      }
    },
    async settled() {
      while (inFlight.size > 0) await Promise.all(inFlight);
    },
  };
}
