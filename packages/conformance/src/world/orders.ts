// Commands on their way: orders with command ids of their own, and what is expected to come of them.

import { paymentIdFor, type Receipt, type WriteOrder } from '@paystrata/application';
import type { PaymentCommand, PaymentId, Rejection, RejectionCode } from '@paystrata/domain';
import { accepted, refused } from './expect.ts';
import { commandIdOf } from './parsed.ts';
import { newPayment, type Terms } from './terms.ts';
import type { World } from './world.ts';

/** What a case may say about an order. */
export type OrderFacts = Partial<
  Pick<WriteOrder, 'commandId' | 'expectedVersion' | 'actor' | 'userId' | 'correlationId' | 'causationId' | 'metadata'>
>;

/** A fresh order: its own command id, its own correlation. */
export function order(world: World, paymentId: PaymentId, command: PaymentCommand, facts: OrderFacts = {}): WriteOrder {
  const { ids } = world.installation;
  return {
    ...world.key(paymentId),
    command,
    commandId: facts.commandId ?? commandIdOf(ids.next()),
    expectedVersion: facts.expectedVersion ?? null,
    actor: facts.actor ?? 'kit',
    userId: facts.userId ?? null,
    correlationId: facts.correlationId ?? ids.next(),
    causationId: facts.causationId ?? null,
    metadata: facts.metadata ?? {},
  };
}

/** The order that creates a payment; its id follows from the reference where there is one. */
export function creation(world: World, terms: Terms = {}, facts: OrderFacts = {}): WriteOrder {
  const paymentId = terms.paymentId ?? newPaymentId(world, terms.reference ?? null);
  return order(world, paymentId, newPayment(world, 'CreatePayment', paymentId, terms), facts);
}

/** The order that records a payment as settled outside. */
export function settledImport(world: World, terms: Terms = {}, facts: OrderFacts = {}): WriteOrder {
  const paymentId = terms.paymentId ?? newPaymentId(world, terms.reference ?? null);
  return order(world, paymentId, newPayment(world, 'ImportSettledPayment', paymentId, terms), facts);
}

export function newPaymentId(world: World, reference: string | null = null): PaymentId {
  return paymentIdFor(world.organizationId, reference, world.installation.ids);
}

/** Creates a payment that must be accepted. */
export async function create(world: World, terms: Terms = {}, facts: OrderFacts = {}): Promise<Receipt> {
  return accepted(await world.execute(creation(world, terms, facts)));
}

/** Executes a command that must be accepted. */
export async function command(
  world: World,
  paymentId: PaymentId,
  what: PaymentCommand,
  facts: OrderFacts = {},
): Promise<Receipt> {
  return accepted(await world.execute(order(world, paymentId, what, facts)));
}

/** Executes a command that must be refused with that code. */
export async function refusal(
  world: World,
  paymentId: PaymentId,
  what: PaymentCommand,
  code: RejectionCode,
): Promise<Rejection> {
  return refused(await world.execute(order(world, paymentId, what)), code);
}
