// The part of the SDK that is written in Rust, of which a process has one.

import type { Logger } from '@paystrata/application';
import { Runtime } from '@temporalio/worker';
import { sdkLogger } from './quiet-logger.ts';

let installed = false;

/** The first worker's logger is told of all. Signals are left to the application. */
export function installRuntime(logger: Logger): void {
  if (installed) return;
  installed = true;
  const telemetryOptions = { logging: { forward: {}, filter: 'WARN' } };
  Runtime.install({ logger: sdkLogger(logger), telemetryOptions, shutdownSignals: [] });
}
