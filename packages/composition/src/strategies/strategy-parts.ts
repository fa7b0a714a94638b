// What every strategy is made of, and how its file here hands it over.

import type { Clock, Ids, Logger, PaymentGateway, SandboxLedger, Strategy } from '@paystrata/application';
import type { Config } from '../config/load-config.ts';

interface StrategyParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Whether this process does what is done in the background. */
  readonly background: boolean;
  /** For a strategy that calls the gateway itself. */
  readonly gateway: PaymentGateway;
}

/** A ledger that has to be closed. */
export interface OpenLedger extends SandboxLedger {
  stop(): Promise<void>;
}

/** A strategy whose packages are loaded; nothing is opened before its `start`. */
export interface LoadedStrategy {
  create(parts: StrategyParts): Strategy;
  /** What the sandbox gateway remembers, kept as durably as the payments; null: in memory. */
  readonly createLedger: (() => OpenLedger) | null;
}

export type LoadStrategy = (config: Config) => Promise<LoadedStrategy>;
