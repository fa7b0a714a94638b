// The event-sourced strategy: its log is the record, and everything that is read is derived from it.

import type { Clock, EventTypes, Ids, Keyring, Logger } from '@paystrata/application';
import type { EventSourcedStrategy } from './event-sourced-strategy.ts';
import { eventSourcedOptionsSchema, type EventSourcedOptions } from './options.ts';
import { createDurableStrategy } from './store/durable-strategy.ts';
import { createMemoryStrategy } from './store/memory-strategy.ts';

export interface EventSourcedDependencies extends EventSourcedOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Seals personal data in a durable log; absent: the keyring at `keyringUrl` or in the file `keyringPath`. */
  readonly keyring?: Keyring;
  /** Whether this process seals and archives a durable log in the background. Default true. */
  readonly background?: boolean;
  /** Is told what is done in the background, and what goes wrong there. */
  readonly logger?: Logger;
  /** Types of a team's own events, which are brought into today's shape when they are read from `eventStore`. */
  readonly types?: EventTypes;
}

/**
 * A strategy that is not started yet; nothing is opened before.
 *
 * @throws ZodError where an option is not what the schema says.
 */
export function createEventSourcedStrategy(dependencies: EventSourcedDependencies): EventSourcedStrategy {
  const { clock, ids, keyring = null, background = true, logger, types, ...options } = dependencies;
  const { store, ...rest } = eventSourcedOptionsSchema.parse(options);
  const strategy =
    store.kind === 'memory'
      ? createMemoryStrategy({ clock, ids, types })
      : createDurableStrategy({ store, ...rest }, { clock, ids, keyring, background, logger, types });
  return { ...strategy, name: 'event-sourced' };
}
