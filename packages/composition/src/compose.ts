// Makes a whole application of a configuration: a container in which every port resolves.

import 'reflect-metadata';
import {
  correlation,
  createCommandBus,
  createEffectRunner,
  createEventBus,
  createSandboxGateway,
  createMemoryLedger,
  createQueryBus,
  createUuidV7Ids,
  logging,
  systemClock,
  type ApiKeyStore,
  type Clock,
  type CommandBus,
  type EffectRunner,
  type EventBus,
  type IdempotencyStore,
  type Ids,
  type PaymentGateway,
  type QueryBus,
  type Strategy,
} from '@paystrata/application';
import {
  container as rootContainer,
  instancePerContainerCachingFactory,
  type DependencyContainer,
  type InjectionToken,
} from 'tsyringe';
import { openAccessStores, type AccessStores } from './access/access-stores.ts';
import type { Config } from './config/load-config.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLogger, type PinoLogger } from './logger.ts';
import { publishing } from './publishing-strategy.ts';

import { loadStrategy } from './strategies/load-strategy.ts';
import type { LoadedStrategy } from './strategies/strategy-parts.ts';
import * as tokens from './tokens.ts';

export interface ComposeOptions {
  /** API keys and idempotency keys in memory instead of in the data folder: for tests. */
  readonly inMemoryAccess?: boolean;
  /** Where log lines go; `stderr` unless it is said, so that results on stdout stay clean. */
  readonly logTo?: 'stdout' | 'stderr';
  /** False: nothing is looked up in the background, as for a single command. Default true. */
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
  const loaded = await loadStrategy(config);
  const access = await openAccessStores(config, options.inMemoryAccess === true);
  try {
    return wire(config, options, loaded, access);
  } catch (error) {
    await access.stop();
    throw error;
  }
}

function wire(config: Config, options: ComposeOptions, loaded: LoadedStrategy, access: AccessStores): Composition {
  const container = rootContainer.createChildContainer();
  const logger = options.logger ?? createLogger({ level: config.log.level, to: options.logTo ?? 'stderr' });
  registerSurroundings(container, config, options, logger);
  registerGateway(container, loaded, options.gateway);
  registerStrategy(container, loaded);
  registerBuses(container);
  registerAccess(container, access);
  const strategy = container.resolve(tokens.strategyToken);
  const effects = container.resolve(tokens.effectRunnerToken);
  const events = container.resolve(tokens.eventBusToken);
  const runsEffects = isWorker(strategy, config, options);
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
    clock: container.resolve(tokens.clockToken),
    ids: container.resolve(tokens.idsToken),
    logger,
    ...createLifecycle({ strategy, effects, events, access, container, runsEffects }),
  };
}

/** Tells whether this process looks up what the gateway left open. */
function isWorker(strategy: Strategy, { server }: Config, { background }: ComposeOptions): boolean {
  const inRole = server.role === 'all' || server.role === 'worker';
  return background !== false && inRole && strategy.capabilities.effects === 'runner';
}

function once<Port>(
  container: DependencyContainer,
  token: InjectionToken<Port>,
  make: (container: DependencyContainer) => Port,
): void {
  container.register(token, { useFactory: instancePerContainerCachingFactory(make) });
}

function registerSurroundings(
  container: DependencyContainer,
  config: Config,
  options: ComposeOptions,
  logger: PinoLogger,
): void {
  once(container, tokens.configToken, () => config);
  once(container, tokens.loggerToken, () => logger);
  once(container, tokens.clockToken, () => options.clock ?? systemClock);
  once(container, tokens.idsToken, (own) => options.ids ?? createUuidV7Ids(own.resolve(tokens.clockToken)));
}

function registerGateway(container: DependencyContainer, loaded: LoadedStrategy, gateway?: PaymentGateway): void {
  once(container, tokens.sandboxLedgerToken, () => loaded.createLedger?.() ?? createMemoryLedger());
  once(
    container,
    tokens.paymentGatewayToken,
    (own) => gateway ?? createSandboxGateway(own.resolve(tokens.sandboxLedgerToken)),
  );
  once(container, tokens.effectRunnerToken, (own) =>
    createEffectRunner({
      strategy: own.resolve(tokens.strategyToken),
      gateway: own.resolve(tokens.paymentGatewayToken),
      clock: own.resolve(tokens.clockToken),
      logger: own.resolve(tokens.loggerToken),
    }),
  );
}

function registerStrategy(container: DependencyContainer, loaded: LoadedStrategy): void {
  once(container, tokens.strategyToken, (own) => {
    const strategy = loaded.create({
      clock: own.resolve(tokens.clockToken),
      ids: own.resolve(tokens.idsToken),
      logger: own.resolve(tokens.loggerToken),
      gateway: own.resolve(tokens.paymentGatewayToken),
    });
    return publishing(strategy, own.resolve(tokens.eventBusToken));
  });
  once(container, tokens.writeModelToken, (own) => own.resolve(tokens.strategyToken).write);
  once(container, tokens.readModelToken, (own) => own.resolve(tokens.strategyToken).read);
  once(container, tokens.eventLogToken, (own) => own.resolve(tokens.strategyToken).log);
  once(container, tokens.maintenanceToken, (own) => own.resolve(tokens.strategyToken).maintenance);
}

function registerBuses(container: DependencyContainer): void {
  once(container, tokens.eventBusToken, (own) => createEventBus(own.resolve(tokens.loggerToken)));
  once(container, tokens.commandBusToken, (own) => {
    const { limits } = own.resolve(tokens.configToken);
    const dependencies = {
      strategy: own.resolve(tokens.strategyToken),
      effects: own.resolve(tokens.effectRunnerToken),
      ids: own.resolve(tokens.idsToken),
      clock: own.resolve(tokens.clockToken),
      maxAmount: limits.maxAmount,
    };
    return createCommandBus(dependencies, [correlation(), logging(own.resolve(tokens.loggerToken))]);
  });
  once(container, tokens.queryBusToken, (own) =>
    createQueryBus(own.resolve(tokens.strategyToken), [logging(own.resolve(tokens.loggerToken))]),
  );
}

function registerAccess(container: DependencyContainer, { apiKeys, idempotency }: AccessStores): void {
  once(container, tokens.apiKeyStoreToken, () => apiKeys);
  once(container, tokens.idempotencyStoreToken, () => idempotency);
}
