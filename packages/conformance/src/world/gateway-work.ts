// Moving money in cases: process and refund up to the gateway's answer, whoever calls the gateway.

import { dueEffects, type Effect, type Payment, type PaymentId } from '@paystrata/domain';
import type { Receipt } from '@paystrata/application';
import { accepted } from './expect.ts';
import { create, order, type OrderFacts } from './orders.ts';
import { known } from './parsed.ts';
import { currentPayment, history } from './reading.ts';
import { process, refund, type Said, type Terms } from './terms.ts';
import type { World } from './world.ts';

/** Processes a payment and sees it through as far as the gateway answers at once. */
export async function processed(
  world: World,
  paymentId: PaymentId,
  method = 'test_approve',
  said: Said = {},
  facts: OrderFacts = {},
): Promise<Receipt> {
  const receipt = accepted(await world.execute(order(world, paymentId, process(world, method, said), facts)));
  return carriedOut(world, receipt);
}

/** Refunds a payment, all that remains where no amount is said, as far as the gateway answers at once. */
export async function refunded(
  world: World,
  paymentId: PaymentId,
  said: Said = {},
  facts: OrderFacts = {},
): Promise<Receipt> {
  const receipt = accepted(await world.execute(order(world, paymentId, refund(world, said), facts)));
  return carriedOut(world, receipt);
}

/** A payment that was created and captured. */
export async function captured(world: World, terms: Terms = {}, method = 'test_approve'): Promise<Receipt> {
  const { paymentId } = await create(world, terms);
  return processed(world, paymentId, method, terms.at === undefined ? {} : { at: terms.at });
}

/**
 * Carries out what a receipt started at the gateway: by the effect runner, or by the strategy itself.
 *
 * @returns the receipt of the gateway's answer; the one given where the outcome stays open.
 */
export async function carriedOut(world: World, receipt: Receipt): Promise<Receipt> {
  // Whoever repeats a command has not committed it: the gateway was called by the one who did.
  if (receipt.replayed) return receipt;
  const started = dueEffects(receipt.payment).filter((each) => startedBy(receipt, each));
  if (world.strategy.capabilities.effects === 'strategy') return answeredByStrategy(world, receipt, started);
  let last = receipt;
  for (const effect of started) {
    const { correlationId = '', eventId = null, userId = null } = receipt.events.at(-1) ?? {};
    const answered = await world.installation.runner.perform(effect, { correlationId, causationId: eventId, userId });
    if (answered === null) continue;
    world.note(answered);
    last = answered;
  }
  return last;
}

/** The receipt that the gateway's answer would have had, read back once the strategy recorded it. */
async function answeredByStrategy(world: World, receipt: Receipt, started: readonly Effect[]): Promise<Receipt> {
  const { paymentId } = receipt;
  const [effect] = started;
  if (effect === undefined || staysOpen(receipt.payment, effect)) return receipt;
  await world.eventually(`the strategy has recorded the answer for ${effect.gatewayKey}`, async () => {
    const due = dueEffects(await currentPayment(world, paymentId));
    return !due.some(({ gatewayKey }) => gatewayKey === effect.gatewayKey);
  });
  const payment = await currentPayment(world, paymentId);
  const { version } = payment;
  const answered: Receipt = {
    ...receipt,
    payment,
    version,
    position: { ...receipt.position, version, position: null },
    events: (await history(world, paymentId)).filter((event) => event.version > receipt.version),
  };
  world.note(answered);
  return answered;
}

/** True where the method of the sandbox lets the call time out. */
function staysOpen(payment: Payment, effect: Effect): boolean {
  const { method } = known(payment.attempts.at(-1), 'an attempt');
  return method.startsWith(effect.kind === 'charge' ? 'test_timeout' : 'test_refund_timeout');
}

/** Lets so much time pass that open outcomes are looked up, those of other payments too, until the payment has none. */
export async function lookedUp(world: World, paymentId: PaymentId): Promise<void> {
  const { runner, gateway, clock } = world.installation;
  const runs = world.strategy.capabilities.effects === 'runner';
  gateway.release();
  clock.advance(2000);
  if (runs) runner.start();
  try {
    await world.eventually(`the outcome of payment ${paymentId} is known`, async () => {
      return dueEffects(await currentPayment(world, paymentId)).length === 0;
    });
  } finally {
    if (runs) await runner.stop();
    gateway.hold();
  }
}

function startedBy({ events }: Receipt, effect: Effect): boolean {
  return events.some(({ data }) => 'gatewayKey' in data && data.gatewayKey === effect.gatewayKey);
}
