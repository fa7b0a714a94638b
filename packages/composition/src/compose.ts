// Makes a whole application of a configuration: a container in which every port resolves.

import 'reflect-metadata';
import {
  createMemoryLedger,
  type ApiKeyStore,
  type Clock,
  type CommandBus,
  type EffectRunner,
  type EventBus,
  type IdempotencyStore,
  type Ids,
  type PaymentGateway,
  type QueryBus,
  type RateCounter,
  type Strategy,
} from '@paystrata/application';
import { container as rootContainer, type DependencyContainer } from 'tsyringe';
import { openAccessStores, type AccessStores } from './access/access-stores.ts';
import { openSharedRates, type SharedRates } from './access/shared-rates.ts';
import type { Config } from './config/load-config.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLogger, type PinoLogger } from './logger.ts';
import { registerPorts } from './modules.ts';
import { loadStrategy } from './strategies/load-strategy.ts';
import type { LoadedStrategy, OpenLedger } from './strategies/strategy-parts.ts';
import * as tokens from './tokens.ts';

export interface ComposeOptions {
  /** API keys and idempotency keys in memory instead of in the data folder: for tests. */
  readonly inMemoryAccess?: boolean;
  /** Where log lines go; `stderr` unless it is said, so that results on stdout stay clean. */
  readonly logTo?: 'stdout' | 'stderr';
  /** False: nothing is done in the background, as for a single command. Default true. */
  readonly background?: boolean;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: PinoLogger;
  /** Instead of the sandbox. */
  readonly gateway?: PaymentGateway;
}

/** A composed application. */
export interface Composition {
  readonly config: Config;
  /** Resolves every token of `tokens.ts`. */
  readonly container: DependencyContainer;
  readonly strategy: Strategy;
  readonly commands: CommandBus;
  readonly queries: QueryBus;
  readonly events: EventBus;
  readonly effects: EffectRunner;
  readonly apiKeys: ApiKeyStore;
  readonly idempotency: IdempotencyStore;
  /** Counts requests together with all processes that share the Redis; null: each counts for itself. */
  readonly sharedRates: RateCounter | null;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: PinoLogger;
  /** Opens the stores and begins the background work; a second call does nothing. @throws PortFailure */
  start(): Promise<void>;
  /** Finishes what is in flight and closes everything, also what was never started; a second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Loads the packages of the configured strategy and wires everything; API keys can be used at once, the strategy after
 * `start`.
 *
 * @throws PortFailure `CONFIG_INVALID` where the strategy or one of its packages is not there.
 */
export async function compose(config: Config, options: ComposeOptions = {}): Promise<Composition> {
  const logger = options.logger ?? createLogger({ level: config.log.level, to: options.logTo ?? 'stderr' });
  const loaded = await loadStrategy(config);
  const rates = await openSharedRates(config, logger);
  const access = await openAccessStores(config, options.inMemoryAccess === true).catch(async (error: unknown) => {
    await rates.stop();
    throw error;
  });
  try {
    return wire(config, { ...options, logger }, loaded, { access, rates });
  } catch (error) {
    await rates.stop();
    await access.stop();
    throw error;
  }
}

interface OpenParts {
  readonly access: AccessStores;
  readonly rates: SharedRates;
}

function wire(
  config: Config,
  options: ComposeOptions & { readonly logger: PinoLogger },
  loaded: LoadedStrategy,
  { access, rates }: OpenParts,
): Composition {
  const { clock, ids, gateway, logger } = options;
  const container = rootContainer.createChildContainer();
  const ledger = loaded.createLedger?.() ?? volatileLedger();
  const background = worksInBackground(config, options);
  registerPorts(container, { config, loaded, access, ledger, logger, clock, ids, gateway, background });
  const strategy = container.resolve(tokens.strategyToken);
  const effects = container.resolve(tokens.effectRunnerToken);
  const events = container.resolve(tokens.eventBusToken);
  const runsEffects = background && strategy.capabilities.effects === 'runner';
  return {
    config,
    container,
    strategy,
    commands: container.resolve(tokens.commandBusToken),
    queries: container.resolve(tokens.queryBusToken),
    events,
    effects,
    apiKeys: access.apiKeys,
    idempotency: access.idempotency,
    sharedRates: rates.counter,
    clock: container.resolve(tokens.clockToken),
    ids: container.resolve(tokens.idsToken),
    logger,
    ...createLifecycle({ strategy, effects, events, access, rates, ledger, container, runsEffects }),
  };
}

/** Whether this process looks up what the gateway left open, and keeps up its store. */
function worksInBackground({ server }: Config, { background }: ComposeOptions): boolean {
  return background !== false && (server.role === 'all' || server.role === 'worker');
}

function volatileLedger(): OpenLedger {
  return { ...createMemoryLedger(), stop: async () => undefined };
}
