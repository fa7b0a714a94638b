// Configuration and dependency injection: chooses a storage strategy and wires every port.

export { rateSpanOf } from './access/shared-rates.ts';
export { compose, type ComposeOptions, type Composition } from './compose.ts';
export { ConfigInvalid, type ConfigIssue } from './config/config-invalid.ts';
export type { ConfigOverrides, Environment, Origin } from './config/config-values.ts';
export { describeConfig, type DescribedSetting } from './config/describe-config.ts';
export { CONFIG_FILE, loadConfig, type Config, type LoadConfigOptions } from './config/load-config.ts';
export { strategyNames, type StrategyName } from './config/storage-section.ts';
export type { ShownValue } from './config/shown-value.ts';
export { createLogger, type LoggerOptions, type PinoLogger } from './logger.ts';
export {
  allTokens,
  apiKeyStoreToken,
  clockToken,
  commandBusToken,
  configToken,
  effectRunnerToken,
  eventBusToken,
  eventLogToken,
  idempotencyStoreToken,
  idsToken,
  loggerToken,
  maintenanceToken,
  paymentGatewayToken,
  queryBusToken,
  readModelToken,
  sandboxLedgerToken,
  strategyToken,
  writeModelToken,
} from './tokens.ts';
