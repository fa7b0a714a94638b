// Commands of the domain as cases state them: only what matters, everything else by default.

import type {
  AttemptId,
  Money,
  PaymentCommand,
  PaymentId,
  PersonalData,
  PersonalDataPatch,
  RefundId,
} from '@paystrata/domain';
import { instantOf, money, noPersonalData, type Customer, type Instant } from '@paystrata/domain';
import { currencyOf, subjectIdOf } from './parsed.ts';
import type { World } from './world.ts';

/** What a case may say about a new payment. */
export interface Terms {
  readonly paymentId?: PaymentId;
  /** Minor units; 100.00 where absent. */
  readonly amount?: bigint;
  readonly currency?: string;
  readonly reference?: string | null;
  readonly customer?: Customer | null;
  readonly description?: string | null;
  readonly metadata?: PersonalData['metadata'];
  readonly userId?: string | null;
  readonly workflowId?: string | null;
  readonly resourceIds?: readonly string[];
  /** The customer's id; the payment's where absent. */
  readonly subject?: string;
  /** Milliseconds since 1970; the time of recording where absent. */
  readonly createdAt?: number;
  /** When it is recorded; the clock's time where absent. */
  readonly at?: number;
}

const MAX_AMOUNT = 10n ** 18n;

/** Creates, or records as settled outside. */
export function newPayment(
  world: World,
  type: 'CreatePayment' | 'ImportSettledPayment',
  paymentId: PaymentId,
  terms: Terms,
): PaymentCommand {
  return {
    type,
    now: timeOf(world, terms.at),
    paymentId,
    organizationId: world.organizationId,
    amount: moneyOf(terms.amount ?? 10_000n, terms.currency ?? 'EUR'),
    maxAmount: MAX_AMOUNT,
    reference: terms.reference ?? null,
    userId: terms.userId ?? null,
    workflowId: terms.workflowId ?? null,
    resourceIds: terms.resourceIds ?? [],
    subject: subjectIdOf(terms.subject ?? paymentId),
    personal: {
      ...noPersonalData,
      customer: terms.customer ?? null,
      description: terms.description ?? null,
      metadata: terms.metadata ?? {},
    },
    createdAt: terms.createdAt === undefined ? null : instantOf(terms.createdAt),
  };
}

/** What a case may say about a later command; `at` is when it is decided. */
export interface Said {
  readonly at?: number;
  readonly amount?: bigint;
  readonly currency?: string;
  readonly reason?: string;
}

export function update(world: World, personal: PersonalDataPatch, said: Said = {}): PaymentCommand {
  return { type: 'UpdatePayment', now: timeOf(world, said.at), stated: stated(said), maxAmount: MAX_AMOUNT, personal };
}

export function process(world: World, method = 'test_approve', said: Said = {}): PaymentCommand {
  return { type: 'ProcessPayment', now: timeOf(world, said.at), method, stated: stated(said) };
}

/** Without an amount: all that remains. */
export function refund(world: World, said: Said = {}): PaymentCommand {
  return { type: 'RefundPayment', now: timeOf(world, said.at), stated: stated(said), reason: said.reason ?? null };
}

export function cancel(world: World, said: Said = {}): PaymentCommand {
  return { type: 'CancelPayment', now: timeOf(world, said.at), reason: said.reason ?? null };
}

export function remove(world: World, said: Said = {}): PaymentCommand {
  return { type: 'DeletePayment', now: timeOf(world, said.at), reason: said.reason ?? null };
}

export function erase(world: World, said: Said = {}): PaymentCommand {
  return { type: 'ErasePersonalData', now: timeOf(world, said.at) };
}

/** Of the only item that is parked, unless one is named. */
export function settle(
  world: World,
  outcome: 'completed' | 'failed',
  said: Said = {},
  itemId: AttemptId | RefundId | null = null,
): PaymentCommand {
  const reason = said.reason ?? 'as the bank says';
  return { type: 'SettlePayment', now: timeOf(world, said.at), outcome, reason, itemId };
}

function moneyOf(amount: bigint, currency: string): Money {
  return money(amount, currencyOf(currency));
}

function stated({ amount, currency }: Said) {
  return { amount: amount ?? null, currency: currency === undefined ? null : currencyOf(currency) };
}

function timeOf(world: World, at: number | undefined): Instant {
  return at === undefined ? world.clock.now() : instantOf(at);
}
