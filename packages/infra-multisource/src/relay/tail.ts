// Tells this process of everything that is committed from now on, by whichever process.

import {
  createMemorySubscriptionStore,
  createSubscription,
  type Clock,
  type Logger,
  type LogSource,
  type RecordedEvent,
  type Subscription,
} from '@paystrata/application';

export interface TailOptions {
  readonly log: LogSource;
  readonly clock: Clock;
  readonly logger: Logger;
  /** In the order of the log; may be told again. */
  readonly onEvents: (events: readonly RecordedEvent[]) => void;
}

const NAME = 'multi-source:tail';
const POLL_MS = 100;
const BATCH = 1000;

/** @param head where the log ends now */
export async function createTail({ log, clock, logger, onEvents }: TailOptions, head: number): Promise<Subscription> {
  const store = createMemorySubscriptionStore(clock);
  await store.reset(NAME, head);
  return createSubscription<RecordedEvent>({
    ...{ name: NAME, store, clock, logger, pollMs: POLL_MS, batchSize: BATCH },
    source: { readAll: (request) => log.readAll(request) },
    handler: { batch: (events) => onEvents(events) },
  });
}
