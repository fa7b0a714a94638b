// Every situation a payment can be in, each with the way that leads there.

import type { PaymentId } from '@paystrata/domain';
import { accepted } from './expect.ts';
import { captured, processed, refunded } from './gateway-work.ts';
import { command, create, newPaymentId, settledImport } from './orders.ts';
import { cancel, remove } from './terms.ts';
import type { World } from './world.ts';

const attempted = async (world: World, method: string): Promise<PaymentId> => {
  const { paymentId } = await create(world);
  await processed(world, paymentId, method);
  return paymentId;
};

const ended = async (world: World, end: typeof cancel): Promise<PaymentId> => {
  const { paymentId } = await create(world);
  await command(world, paymentId, end(world));
  return paymentId;
};

/** Each leads a new payment there and answers its id. */
export const situations = {
  unknown: (world: World) => Promise.resolve(newPaymentId(world)),
  pending: async (world: World) => (await create(world)).paymentId,
  processing: (world: World) => attempted(world, 'test_timeout_then_approve'),
  parked: (world: World) => attempted(world, 'test_wrong_amount'),
  completed: async (world: World) => (await captured(world)).paymentId,
  imported: async (world: World) => accepted(await world.execute(settledImport(world))).paymentId,
  failed: (world: World) => attempted(world, 'test_decline_expired_card'),
  cancelled: (world: World) => ended(world, cancel),
  'partially refunded': async (world: World) => {
    const { paymentId } = await captured(world);
    await refunded(world, paymentId, { amount: 1n });
    return paymentId;
  },
  refunded: async (world: World) => {
    const { paymentId } = await captured(world);
    await refunded(world, paymentId);
    return paymentId;
  },
  deleted: (world: World) => ended(world, remove),
} as const;

export type Situation = keyof typeof situations;
