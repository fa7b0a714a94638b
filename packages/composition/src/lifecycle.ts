// Starting and stopping a composition in the right order, each once.

import type { EffectRunner, EventBus, Strategy } from '@paystrata/application';
import type { DependencyContainer } from 'tsyringe';
import type { AccessStores } from './access/access-stores.ts';
import type { SharedRates } from './access/shared-rates.ts';
import type { OpenLedger } from './strategies/strategy-parts.ts';

interface Parts {
  readonly strategy: Strategy;
  readonly effects: EffectRunner;
  readonly events: EventBus;
  readonly access: AccessStores;
  readonly rates: SharedRates;
  readonly ledger: OpenLedger;
  readonly container: DependencyContainer;
  /** Whether this process looks up what the gateway left open. */
  readonly runsEffects: boolean;
}

export interface Lifecycle {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createLifecycle(parts: Parts): Lifecycle {
  const { strategy, effects, events, access, rates, ledger, container, runsEffects } = parts;
  let started: Promise<void> | null = null;
  let stopped: Promise<void> | null = null;

  async function start(): Promise<void> {
    await strategy.start();
    if (runsEffects) effects.start();
  }

  /** What could be started is stopped even where something else fails. */
  async function stop(): Promise<void> {
    const wasStarted = await (started ?? Promise.reject(new Error('never started'))).then(
      () => true,
      () => false,
    );
    const ofStarted = [() => effects.stop(), () => events.settled(), () => strategy.stop()];
    const steps = [...(wasStarted ? ofStarted : []), () => ledger.stop(), () => rates.stop(), () => access.stop()];
    const failures: unknown[] = [];
    for (const step of steps) await step().catch((error: unknown) => failures.push(error));
    await container.dispose();
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be stopped');
  }

  return {
    start: () => (started ??= start()),
    stop: () => (stopped ??= stop()),
  };
}
