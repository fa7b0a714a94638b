// What is known of a payment: the fold of its events, and all that a decision needs.

import type { AttemptId, GatewayKey, OrganizationId, PaymentId, RefundId, SubjectId } from '../ids/ids.ts';
import type { Instant } from '../ids/instant.ts';
import type { Money } from '../money/money.ts';
import type { ParkReason } from './events.ts';
import type { Failure } from './gateway-answer.ts';
import type { PersonalData } from './personal-data.ts';

export const paymentStatuses = [
  'pending',
  'processing',
  'completed',
  'failed',
  'cancelled',
  'partially_refunded',
  'refunded',
  'deleted',
] as const;

export type PaymentStatus = (typeof paymentStatuses)[number];

/** An attempt or refund: `pending` until the gateway's answer is known, `parked` while a person has to decide. */
export type ItemStatus = 'pending' | 'succeeded' | 'failed' | 'parked';

/** Why and with what answer something was parked. */
export interface Parked {
  readonly reason: ParkReason;
  readonly answered: Money | null;
}

interface ItemFacts {
  readonly gatewayKey: GatewayKey;
  readonly amount: Money;
  readonly status: ItemStatus;
  readonly requestedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly gatewayReference: string | null;
  readonly failure: Failure | null;
  readonly parked: Parked | null;
}

export interface Attempt extends ItemFacts {
  readonly id: AttemptId;
  readonly method: string;
}

export interface Refund extends ItemFacts {
  readonly id: RefundId;
  readonly reason: string | null;
}

/** A payment that exists, or existed: deleted ones keep their history. */
export interface Payment {
  readonly id: PaymentId;
  readonly organizationId: OrganizationId;
  readonly status: PaymentStatus;
  readonly amount: Money;
  /** Minor units of the payment's currency that the gateway captured. */
  readonly captured: bigint;
  /** Minor units that went back; never more than `captured`. */
  readonly refunded: bigint;
  readonly reference: string | null;
  readonly userId: string | null;
  readonly workflowId: string | null;
  readonly resourceIds: readonly string[];
  readonly subject: SubjectId;
  readonly personal: PersonalData;
  readonly personalErased: boolean;
  readonly attempts: readonly Attempt[];
  readonly refunds: readonly Refund[];
  readonly failure: Failure | null;
  /** Settled outside and only recorded here: left out of analytics of durations. */
  readonly imported: boolean;
  /** The number of events so far. */
  readonly version: number;
  /** Characters of event data so far. */
  readonly size: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly processedAt: Instant | null;
  readonly failedAt: Instant | null;
  readonly refundedAt: Instant | null;
}

/** Null: no such payment yet. */
export type PaymentState = Payment | null;

export const initialState: PaymentState = null;

/** True while a person has to settle an attempt or a refund. */
export function needsReview(payment: Payment): boolean {
  return payment.attempts.some(isParked) || payment.refunds.some(isParked);
}

/**
 * Minor units that may still be refunded: what was captured less every refund that is not failed. Refunds whose outcome
 * is open keep their reservation; one approved after it was taken as failed has none until it is settled.
 */
export function refundable(payment: Payment): bigint {
  return payment.refunds.reduce(
    (left, refund) => (isReserved(refund) ? left - refund.amount.amount : left),
    payment.captured,
  );
}

/** The attempt that waits for the gateway, where there is one. */
export function liveAttempt(payment: Payment): Attempt | undefined {
  return payment.attempts.find((attempt) => attempt.status === 'pending');
}

/**
 * The attempt that is being processed: the latest one, waiting for the gateway or for a person. Beside it an earlier
 * attempt may be parked, approved after it was taken as failed.
 */
export function attemptUnderway(payment: Payment): Attempt | undefined {
  return payment.status === 'processing' ? payment.attempts.at(-1) : undefined;
}

/** True until the outcome is settled: the gateway, or a person, still has to say. */
export function isOpen(item: Attempt | Refund): boolean {
  return item.status === 'pending' || item.status === 'parked';
}

export function isParked(item: Attempt | Refund): boolean {
  return item.status === 'parked';
}

function isReserved(refund: Refund): boolean {
  if (refund.status === 'parked') return refund.parked?.reason !== 'late_approval';
  return refund.status !== 'failed';
}
