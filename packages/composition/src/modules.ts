// Registers every port with the container: with factories, one instance a container.

import {
  correlation,
  createCommandBus,
  createEffectRunner,
  createEventBus,
  createQueryBus,
  createSandboxGateway,
  createUuidV7Ids,
  logging,
  systemClock,
  type Clock,
  type Ids,
  type PaymentGateway,
} from '@paystrata/application';
import { instancePerContainerCachingFactory, type DependencyContainer, type InjectionToken } from 'tsyringe';
import type { AccessStores } from './access/access-stores.ts';
import type { Config } from './config/load-config.ts';
import type { PinoLogger } from './logger.ts';
import { publishing } from './publishing-strategy.ts';
import type { LoadedStrategy, OpenLedger } from './strategies/strategy-parts.ts';
import * as tokens from './tokens.ts';

/** What is there before the container. */
export interface Given {
  readonly config: Config;
  readonly loaded: LoadedStrategy;
  readonly access: AccessStores;
  readonly ledger: OpenLedger;
  readonly logger: PinoLogger;
  /** Whether this process does what is done in the background. */
  readonly background: boolean;
  readonly clock?: Clock | undefined;
  readonly ids?: Ids | undefined;
  /** Instead of the sandbox. */
  readonly gateway?: PaymentGateway | undefined;
}

export function registerPorts(container: DependencyContainer, given: Given): void {
  registerSurroundings(container, given);
  registerGateway(container, given);
  registerStrategy(container, given);
  registerBuses(container);
}

function once<Port>(
  container: DependencyContainer,
  token: InjectionToken<Port>,
  make: (container: DependencyContainer) => Port,
): void {
  container.register(token, { useFactory: instancePerContainerCachingFactory(make) });
}

function registerSurroundings(container: DependencyContainer, { config, logger, clock, ids, access }: Given): void {
  once(container, tokens.configToken, () => config);
  once(container, tokens.loggerToken, () => logger);
  once(container, tokens.clockToken, () => clock ?? systemClock);
  once(container, tokens.idsToken, (own) => ids ?? createUuidV7Ids(own.resolve(tokens.clockToken)));
  once(container, tokens.apiKeyStoreToken, () => access.apiKeys);
  once(container, tokens.idempotencyStoreToken, () => access.idempotency);
}

function registerGateway(container: DependencyContainer, { gateway, ledger }: Given): void {
  once(container, tokens.sandboxLedgerToken, () => ledger);
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

function registerStrategy(container: DependencyContainer, { loaded, background }: Given): void {
  once(container, tokens.strategyToken, (own) => {
    const strategy = loaded.create({
      clock: own.resolve(tokens.clockToken),
      ids: own.resolve(tokens.idsToken),
      logger: own.resolve(tokens.loggerToken),
      gateway: own.resolve(tokens.paymentGatewayToken),
      background,
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
