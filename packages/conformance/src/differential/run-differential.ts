// Random runs against the reference model, shrunk to the shortest that still differs.

import fc from 'fast-check';
import type { ConformanceFactory } from '../kit/subject.ts';
import { openWorld } from '../world/open-world.ts';
import { arbitraryStep } from './arbitrary-steps.ts';
import { ReferenceModel } from './reference-model.ts';
import { Run } from './run.ts';
import { describeStep, type Step } from './steps.ts';
import { takeStep } from './take-step.ts';

export interface DifferentialOptions {
  /** How many runs; 60 where absent. */
  readonly runs?: number;
  /** Steps of one run at most; 60 where absent. */
  readonly steps?: number;
  /** The same seed gives the same runs; another one each time where absent. A failure tells it. */
  readonly seed?: number;
}

/** @throws Error with the seed and the shortest run in which the strategy says something else than the model. */
export async function runDifferential(factory: ConformanceFactory, options: DifferentialOptions = {}): Promise<void> {
  const { runs = 60, steps = 60, seed } = options;
  const commands = fc.commands([arbitraryStep.map((step) => new StepCommand(step))], {
    maxCommands: steps,
    size: 'max',
  });
  const property = fc.asyncProperty(commands, async (each) => {
    const world = await openWorld(factory);
    const model = new ReferenceModel();
    const real = new Run(world);
    try {
      await fc.asyncModelRun(() => ({ model, real }), each);
    } finally {
      await world.close();
    }
  });
  await fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
}

class StepCommand implements fc.AsyncCommand<ReferenceModel, Run> {
  readonly #step: Step;

  constructor(step: Step) {
    this.#step = step;
  }

  check(): boolean {
    return true;
  }

  run(model: ReferenceModel, run: Run): Promise<void> {
    return takeStep(this.#step, model, run);
  }

  toString(): string {
    return describeStep(this.#step);
  }
}
