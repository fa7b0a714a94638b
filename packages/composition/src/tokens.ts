// One token a port. Whoever resolves a token gets the port of the configured strategy, one instance a container.

import type {
  ApiKeyStore,
  Clock,
  CommandBus,
  EffectRunner,
  EventBus,
  EventLog,
  IdempotencyStore,
  Ids,
  Logger,
  Maintenance,
  PaymentGateway,
  QueryBus,
  ReadModel,
  SandboxLedger,
  Strategy,
  WriteModel,
} from '@paystrata/application';
import type { InjectionToken } from 'tsyringe';
import type { Config } from './config/load-config.ts';

export const configToken: InjectionToken<Config> = Symbol('Config');
export const clockToken: InjectionToken<Clock> = Symbol('Clock');
export const idsToken: InjectionToken<Ids> = Symbol('Ids');
export const loggerToken: InjectionToken<Logger> = Symbol('Logger');

export const strategyToken: InjectionToken<Strategy> = Symbol('Strategy');
export const writeModelToken: InjectionToken<WriteModel> = Symbol('WriteModel');
export const readModelToken: InjectionToken<ReadModel> = Symbol('ReadModel');
export const eventLogToken: InjectionToken<EventLog> = Symbol('EventLog');
export const maintenanceToken: InjectionToken<Maintenance> = Symbol('Maintenance');

export const sandboxLedgerToken: InjectionToken<SandboxLedger> = Symbol('SandboxLedger');
export const paymentGatewayToken: InjectionToken<PaymentGateway> = Symbol('PaymentGateway');
export const effectRunnerToken: InjectionToken<EffectRunner> = Symbol('EffectRunner');

export const eventBusToken: InjectionToken<EventBus> = Symbol('EventBus');
export const commandBusToken: InjectionToken<CommandBus> = Symbol('CommandBus');
export const queryBusToken: InjectionToken<QueryBus> = Symbol('QueryBus');

export const apiKeyStoreToken: InjectionToken<ApiKeyStore> = Symbol('ApiKeyStore');
export const idempotencyStoreToken: InjectionToken<IdempotencyStore> = Symbol('IdempotencyStore');

/** Every token, so that a test can resolve them all. */
export const allTokens = [
  configToken,
  clockToken,
  idsToken,
  loggerToken,
  strategyToken,
  writeModelToken,
  readModelToken,
  eventLogToken,
  maintenanceToken,
  sandboxLedgerToken,
  paymentGatewayToken,
  effectRunnerToken,
  eventBusToken,
  commandBusToken,
  queryBusToken,
  apiKeyStoreToken,
  idempotencyStoreToken,
] as const;
