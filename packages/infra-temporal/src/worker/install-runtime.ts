// The part of the SDK that is written in Rust, of which a process has one.

import type { Logger } from '@paystrata/application';
import { IllegalStateError, Runtime } from '@temporalio/worker';
import { sdkLogger } from './quiet-logger.ts';

let installed = false;

/** The first worker's logger is told of all. Signals are left to the application, and so is a runtime it has already. */
export function installRuntime(logger: Logger): void {
  if (installed) return;
  installed = true;
  const telemetryOptions = { logging: { forward: {}, filter: 'WARN' } };
  try {
    Runtime.install({ logger: sdkLogger(logger), telemetryOptions, shutdownSignals: [] });
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error;
  }
}
