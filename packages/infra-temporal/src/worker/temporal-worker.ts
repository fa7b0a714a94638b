// A worker to embed into a process of one's own.

import type { Health, Measurement } from '@paystrata/application';
import { createTemporalStrategy, type TemporalStrategyOptions } from '../strategy/create-temporal-strategy.ts';
import type { TemporalStrategy } from '../strategy/temporal-strategy.ts';

/** Carries workflows, gateway calls and projection out. Several may run, in any number of processes. */
export class TemporalWorker {
  readonly #strategy: TemporalStrategy;

  /** @throws ZodError, PortFailure as `createTemporalStrategy` does. */
  constructor(options: Omit<TemporalStrategyOptions, 'worker'>) {
    this.#strategy = createTemporalStrategy({ ...options, worker: true });
  }

  /** Resolves once it takes work. @throws PortFailure that says what is wrong and what to do. */
  start(): Promise<void> {
    return this.#strategy.start();
  }

  /** Takes nothing new, finishes what it has within ten seconds, and ends. */
  stop(): Promise<void> {
    return this.#strategy.stop();
  }

  /** Healthy: it takes work, and the server answers. Within a second. */
  health(): Promise<Health> {
    return this.#strategy.health();
  }

  measure(): readonly Measurement[] {
    return this.#strategy.measure();
  }
}
