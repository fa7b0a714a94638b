// The write side: commands become updates of the payment's workflow, which decides and records.

import { decide, type Rejection } from '@paystrata/domain';
import {
  PortFailure,
  type BulkResult,
  type Ids,
  type Receipt,
  type WriteModel,
  type WriteOrder,
  type WriteResult,
} from '@paystrata/application';
import type { OrderMessage, Outcome } from '../protocol/messages.ts';
import type { PaymentClient } from './payment-client.ts';

export interface TemporalWriteModelOptions {
  readonly client: Pick<PaymentClient, 'execute'>;
  readonly ids: Ids;
  /** Names the life of the projected log, which positions belong to. */
  readonly epoch: () => string;
}

export function createTemporalWriteModel(options: TemporalWriteModelOptions): WriteModel {
  const execute = (order: WriteOrder) => executeOrder(order, options);
  return { execute, executeBulk: (orders) => executeBulk(orders, execute) };
}

async function executeOrder(order: WriteOrder, options: TemporalWriteModelOptions): Promise<WriteResult> {
  const creates = order.command.type === 'CreatePayment' || order.command.type === 'ImportSettledPayment';
  // What is refused without a payment is refused before a workflow is started for it, which would stay empty.
  const refused = creates ? refusalOf(order) : null;
  if (refused !== null) return { ok: false, rejection: refused };
  const message: OrderMessage = { ...order, callId: options.ids.next() };
  let outcome = await options.client.execute(message, order.commandId, creates);
  if (outcome !== null && outcome.callId !== message.callId && !isFinal(outcome)) {
    // The server remembers what an earlier call was told. That may be out of date, and refusals are not remembered.
    outcome = await options.client.execute(message, `${order.commandId}/${message.callId}`, creates);
  }
  if (outcome === null) return { ok: false, rejection: refusalOf(order) ?? impossible(order) };
  return resultOf(order, outcome, message.callId, options.epoch());
}

function refusalOf({ command }: WriteOrder): Rejection | null {
  const decision = decide(command, null);
  return decision.accepted ? null : decision.rejection;
}

function impossible({ paymentId }: WriteOrder): never {
  throw new Error(`the workflow of new payment ${paymentId} is not found although the command starts it`);
}

/** True for an answer that would be the same at any later time. */
function isFinal(outcome: Outcome): boolean {
  return outcome.kind === 'done' && outcome.final;
}

function resultOf(order: WriteOrder, outcome: Outcome, callId: string, epoch: string): WriteResult {
  switch (outcome.kind) {
    case 'refused':
      return { ok: false, rejection: outcome.rejection };
    case 'wrong_version':
      throw wrongVersion(order, outcome.actual);
    case 'done':
      return { ok: true, receipt: receiptOf(order, outcome, outcome.replayed || outcome.callId !== callId, epoch) };
  }
}

function receiptOf(
  { organizationId, paymentId }: WriteOrder,
  { payment, events }: Extract<Outcome, { kind: 'done' }>,
  replayed: boolean,
  epoch: string,
): Receipt {
  const { version } = payment;
  return {
    organizationId,
    paymentId,
    version,
    payment,
    position: { epoch, organizationId, paymentId, version, position: null },
    events: events.map((event) => ({ ...event, position: NOT_PROJECTED })),
    replayed,
  };
}

/** The place of an event in the order of projection is not known when it is recorded. Real places begin with 1. */
const NOT_PROJECTED = 0;

function wrongVersion({ paymentId, expectedVersion }: WriteOrder, actual: number): PortFailure {
  const expected = expectedVersion ?? 0;
  return new PortFailure(
    'WRONG_EXPECTED_VERSION',
    `payment ${paymentId} is at version ${actual}, not ${expected}: read it again and decide anew`,
    { details: { expected, actual } },
  );
}

/** Payments side by side, the orders of one payment one after the other; the client bounds what is in flight. */
async function executeBulk(
  orders: readonly WriteOrder[],
  execute: (order: WriteOrder) => Promise<WriteResult>,
): Promise<readonly BulkResult[]> {
  const lanes = new Map<string, Promise<unknown>>();
  return Promise.all(
    orders.map((order) => {
      const key = `${order.organizationId}/${order.paymentId}`;
      const mine = (lanes.get(key) ?? Promise.resolve()).then(() => alone(order, execute));
      lanes.set(key, mine);
      return mine;
    }),
  );
}

async function alone(order: WriteOrder, execute: (order: WriteOrder) => Promise<WriteResult>): Promise<BulkResult> {
  try {
    return await execute(order);
  } catch (error) {
    if (error instanceof PortFailure) return { ok: false, failure: error };
    throw error;
  }
}
