// Builds what a case works with, from application's own parts around a fresh strategy.

import {
  createEffectRunner,
  createMemoryLedger,
  createSandboxGateway,
  createUuidV7Ids,
  silentLogger,
  type Strategy,
} from '@paystrata/application';
import type { ConformanceFactory } from '../kit/subject.ts';
import { holdLookups } from './held-gateway.ts';
import { createMovableClock } from './movable-clock.ts';
import { World, type Installation } from './world.ts';

const PATIENCE_MS = 10_000;

/** A fresh strategy and an organization of its own. Whoever opens it closes it. */
export async function openWorld(factory: ConformanceFactory): Promise<World> {
  const clock = createMovableClock();
  const ids = createUuidV7Ids(clock);
  const ledger = createMemoryLedger();
  const gateway = holdLookups(createSandboxGateway(ledger));
  const surroundings = { clock, ids, gateway };
  const runnerOf = (strategy: Strategy) => createEffectRunner({ strategy, gateway, clock, logger: silentLogger });
  let subject = await factory.create(surroundings);
  const { strategy } = subject;
  let beside: Strategy | null = null;
  const installation: Installation = {
    strategy,
    runner: runnerOf(strategy),
    clock,
    ids,
    gateway,
    ledger,
    scale: factory.scale ?? 1,
    patienceMs: factory.patienceMs ?? PATIENCE_MS,
    async beside() {
      beside ??= (await subject.beside?.()) ?? null;
      return beside;
    },
    async restart() {
      if (subject.restart === undefined) {
        await subject.dispose();
        subject = await factory.create(surroundings);
        installation.strategy = subject.strategy;
      } else {
        installation.strategy = await subject.restart();
      }
      installation.runner = runnerOf(installation.strategy);
    },
    async close() {
      await beside?.stop();
      await subject.dispose();
    },
  };
  return new World(installation);
}
