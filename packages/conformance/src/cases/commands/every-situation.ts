// Every command in every situation: what it comes to, and that a refusal leaves no trace.

import assert from 'node:assert/strict';
import type { PaymentCommand, PaymentEventType, PaymentId, RejectionCode } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { order } from '../../world/orders.ts';
import { find, history } from '../../world/reading.ts';
import { situations, type Situation } from '../../world/situations.ts';
import { cancel, erase, newPayment, process, refund, remove, settle, update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

const commands = {
  create: (world, paymentId) => newPayment(world, 'CreatePayment', paymentId, {}),
  'update the amount of': (world) => update(world, {}, { amount: 7n }),
  'change metadata of': (world) => update(world, { metadata: { team: 'red' } }),
  process: (world) => process(world),
  cancel: (world) => cancel(world),
  refund: (world) => refund(world, { amount: 1n }),
  settle: (world) => settle(world, 'completed'),
  delete: (world) => remove(world),
  erase: (world) => erase(world),
} as const satisfies Record<string, (world: World, paymentId: PaymentId) => PaymentCommand>;

type Outcome = PaymentEventType | RejectionCode;
type Outcomes = Readonly<Record<keyof typeof commands, Outcome>>;

const nothingGoes: Outcomes = {
  create: 'payment_exists',
  'update the amount of': 'illegal_state',
  'change metadata of': 'PaymentUpdated',
  process: 'illegal_state',
  cancel: 'illegal_state',
  refund: 'illegal_state',
  settle: 'nothing_to_settle',
  delete: 'illegal_state',
  erase: 'PersonalDataErased',
};

const open: Outcomes = {
  ...nothingGoes,
  'update the amount of': 'PaymentUpdated',
  process: 'PaymentProcessingStarted',
  cancel: 'PaymentCancelled',
  delete: 'PaymentDeleted',
};

const missing = 'payment_not_found';
const gone = 'payment_deleted';

const outcomes: Readonly<Record<Situation, Outcomes>> = {
  unknown: {
    ...{ create: 'PaymentCreated', 'update the amount of': missing, 'change metadata of': missing, process: missing },
    ...{ cancel: missing, refund: missing, settle: missing, delete: missing, erase: missing },
  },
  pending: open,
  failed: open,
  processing: nothingGoes,
  parked: { ...nothingGoes, settle: 'PaymentSettled' },
  completed: { ...nothingGoes, refund: 'RefundRequested' },
  imported: { ...nothingGoes, refund: 'RefundRequested' },
  'partially refunded': { ...nothingGoes, refund: 'RefundRequested' },
  refunded: nothingGoes,
  cancelled: { ...nothingGoes, delete: 'PaymentDeleted' },
  deleted: {
    ...{ ...nothingGoes, 'update the amount of': gone, 'change metadata of': gone, process: gone, cancel: gone },
    ...{ refund: gone, delete: gone },
  },
};

const isEvent = (outcome: Outcome): boolean => /^[A-Z]/.test(outcome);

/** One case a command: on slow strategies a case stays short. */
export const everySituation: readonly ConformanceCase[] = Object.entries(commands).map(([verb, make]) => ({
  name: `a command to ${verb} a payment does in every situation what the life cycle says, or leaves no trace`,
  property: 'refusals-leave-nothing',
  async run(world) {
    for (const [situation, lead] of Object.entries(situations)) {
      const paymentId = await lead(world);
      const expected = expectedOf(situation, verb);
      const before = [await find(world, paymentId), await history(world, paymentId)];
      const result = await world.execute(order(world, paymentId, make(world, paymentId)));
      const outcome = result.ok ? result.receipt.events[0]?.type : result.rejection.code;
      assert.equal(outcome, expected, `to ${verb} a payment that is ${situation}`);
      const after = [await find(world, paymentId), await history(world, paymentId)];
      if (!isEvent(expected)) assert.deepEqual(after, before, `a trace was left in a payment that is ${situation}`);
    }
  },
}));

function expectedOf(situation: string, verb: string): Outcome {
  const row = Object.entries(outcomes).find(([name]) => name === situation)?.[1] ?? {};
  const cell = Object.entries<Outcome>(row).find(([name]) => name === verb)?.[1];
  if (cell === undefined) throw new Error(`no outcome is stated for ${verb} in ${situation}`);
  return cell;
}
