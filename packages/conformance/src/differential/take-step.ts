// Takes one step on both sides and compares what they say.

import assert from 'node:assert/strict';
import type { WriteOrder } from '@paystrata/application';
import { carriedOut, lookedUp } from '../world/gateway-work.ts';
import { paymentIdOf } from '../world/parsed.ts';
import { compareAnswers, compareCounts, comparePayment, compareSearch, compareSuggestions } from './compare.ts';
import type { ReferenceModel } from './reference-model.ts';
import { outcomeOf, type Run } from './run.ts';
import { beginning, type CommandStep, type Outcome, type Step } from './steps.ts';

/** @throws AssertionError where the strategy and the model differ. */
export async function takeStep(step: Step, model: ReferenceModel, run: Run): Promise<void> {
  switch (step.kind) {
    case 'begin':
      for (const command of beginning.slice(0, step.payments)) await oneCommand(command, model, run, null);
      return;
    case 'command':
      return oneCommand(step.command, model, run, null);
    case 'stale': {
      const version = model.payments.get(run.idOf(step.command.slot))?.events.length;
      return oneCommand(step.command, model, run, version === undefined ? null : version - 1);
    }
    case 'bulk':
      return bulk(step.commands, model, run);
    case 'repeat': {
      const sent = run.sent.at(-1 - (step.back % Math.max(1, run.sent.length)));
      return sent === undefined ? undefined : execute(sent.command, sent.order, model, run);
    }
    case 'lookup':
      for (const id of model.open()) await lookedUp(run.world, paymentIdOf(id));
      model.lookUp();
      return compareAnswers(model, run);
    case 'restart':
      return restart(model, run);
    case 'search':
      return compareSearch(step, model, run);
    case 'suggest':
      return compareSuggestions(step.prefix, model, run);
    case 'statistics':
      return compareCounts(step.from, step.to, model, run);
  }
}

function oneCommand(step: CommandStep, model: ReferenceModel, run: Run, expected: number | null): Promise<void> {
  return execute(step, run.orderOf(step, expected), model, run);
}

async function execute(step: CommandStep, order: WriteOrder, model: ReferenceModel, run: Run): Promise<void> {
  const expected = modelled(step, order, model, run);
  const result = await run.world.execute(order).catch(failed);
  const outcome = 'ended' in result ? result : outcomeOf(result);
  assert.deepEqual(comparable(outcome, step, run), comparable(expected, step, run));
  if (!('ended' in result) && result.ok) await carriedOut(run.world, result.receipt);
  model.carryOut(order.paymentId);
  await comparePayment(order.paymentId, model, run);
  await compareAnswers(model, run);
}

async function bulk(steps: readonly CommandStep[], model: ReferenceModel, run: Run): Promise<void> {
  const orders = steps.map((step) => ({ step, order: run.orderOf(step, null) }));
  const expected = orders.map(({ step, order }) => {
    const outcome = modelled(step, order, model, run);
    // Such a strategy has the gateway's answer before it takes the next order.
    if (callsTheGateway(run)) model.carryOut(order.paymentId);
    return comparable(outcome, step, run);
  });
  const results = await run.world.executeBulk(orders.map(({ order }) => order));
  const outcomes = orders.map(({ step }, index) => {
    const result = results[index];
    return result === undefined ? 'no result' : comparable(outcomeOf(result), step, run);
  });
  assert.deepEqual(outcomes, expected);
  for (const result of results) if (result.ok) await carriedOut(run.world, result.receipt);
  for (const { order } of orders) model.carryOut(order.paymentId);
  for (const { order } of orders) await comparePayment(order.paymentId, model, run);
  await compareAnswers(model, run);
}

function callsTheGateway({ world }: Run): boolean {
  return world.strategy.capabilities.effects === 'strategy';
}

/** A strategy that calls the gateway by itself may answer with what came of it, so with a later version. */
function comparable(outcome: Outcome, { kind }: CommandStep, run: Run): Partial<Outcome> {
  if (outcome.ended !== 'accepted' || !callsTheGateway(run) || (kind !== 'process' && kind !== 'refund'))
    return outcome;
  return { ended: outcome.ended, replayed: outcome.replayed };
}

async function restart(model: ReferenceModel, run: Run): Promise<void> {
  await run.world.restart();
  if (!run.world.strategy.capabilities.durable) {
    model.payments.clear();
    run.beginAnew();
  }
  for (const id of model.payments.keys()) await comparePayment(paymentIdOf(id), model, run);
  await compareAnswers(model, run);
}

function modelled(step: CommandStep, order: WriteOrder, model: ReferenceModel, run: Run): Outcome {
  const { paymentId, commandId, expectedVersion } = order;
  return model.execute(paymentId, run.referenceOf(step.slot), step, commandId, expectedVersion);
}

function failed(error: unknown): Outcome {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.name === 'PortFailure') {
    return { ended: 'failed', code: error.code };
  }
  throw error;
}
