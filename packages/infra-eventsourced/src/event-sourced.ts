// The event-sourced strategy: its log is the record, and everything that is read is derived from it.

import type { Clock, Ids, Keyring, Logger, Strategy } from '@paystrata/application';
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
}

/**
 * A strategy that is not started yet; nothing is opened before.
 *
 * @throws ZodError where an option is not what the schema says.
 */
export function createEventSourcedStrategy(dependencies: EventSourcedDependencies): Strategy {
  const { clock, ids, keyring = null, background = true, logger, ...options } = dependencies;
  const { store, ...rest } = eventSourcedOptionsSchema.parse(options);
  const strategy =
    store.kind === 'memory'
      ? createMemoryStrategy({ clock, ids })
      : createDurableStrategy({ store, ...rest }, { clock, ids, keyring, background, logger });
  return { ...strategy, name: 'event-sourced' };
}
