// A payment on the wire, as the API answers it and the command line prints it.

import { needsReview, type Attempt, type Failure, type Payment, type Refund } from '@paystrata/domain';
import { wireAmount, wireInstant } from './wire-values.ts';

export interface FailureView {
  readonly code: string;
  readonly declineCode: string | null;
  readonly retryable: boolean;
}

interface ItemView {
  readonly id: string;
  /** `pending`, `succeeded`, `failed` or `parked`. */
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly requestedAt: string;
  readonly resolvedAt: string | null;
  readonly gatewayReference: string | null;
  readonly failure: FailureView | null;
  /** Why a person has to decide, and what the gateway says it moved; null unless it is parked. */
  readonly parked: { readonly reason: string; readonly amount: number | null; readonly currency: string | null } | null;
}

export interface AttemptView extends ItemView {
  readonly method: string;
}

export interface RefundView extends ItemView {
  readonly reason: string | null;
}

/** Amounts are JSON integers of minor units, instants RFC 3339 in UTC. */
export interface PaymentView {
  readonly id: string;
  readonly organizationId: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly captured: number;
  readonly refunded: number;
  readonly description: string | null;
  readonly reference: string | null;
  readonly customer: { readonly name: string | null; readonly email: string | null } | null;
  readonly userId: string | null;
  readonly workflowId: string | null;
  readonly resourceIds: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly attempts: readonly AttemptView[];
  readonly refunds: readonly RefundView[];
  readonly needsReview: boolean;
  readonly failure: FailureView | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly processedAt: string | null;
  readonly failedAt: string | null;
  readonly refundedAt: string | null;
}

export function paymentView(payment: Payment): PaymentView {
  const { customer, description, metadata } = payment.personal;
  return {
    id: payment.id,
    organizationId: payment.organizationId,
    status: payment.status,
    amount: wireAmount(payment.amount.amount),
    currency: payment.amount.currency,
    captured: wireAmount(payment.captured),
    refunded: wireAmount(payment.refunded),
    description,
    reference: payment.reference,
    customer: customer === null ? null : { name: customer.name, email: customer.email },
    userId: payment.userId,
    workflowId: payment.workflowId,
    resourceIds: payment.resourceIds,
    metadata,
    attempts: payment.attempts.map((attempt) => ({ ...itemView(attempt), method: attempt.method })),
    refunds: payment.refunds.map((refund) => ({ ...itemView(refund), reason: refund.reason })),
    needsReview: needsReview(payment),
    failure: failureView(payment.failure),
    version: payment.version,
    createdAt: wireInstant(payment.createdAt),
    updatedAt: wireInstant(payment.updatedAt),
    processedAt: wireInstant(payment.processedAt),
    failedAt: wireInstant(payment.failedAt),
    refundedAt: wireInstant(payment.refundedAt),
  };
}

function itemView(item: Attempt | Refund): ItemView {
  const { parked } = item;
  const answered = parked?.answered ?? null;
  return {
    id: item.id,
    status: item.status,
    amount: wireAmount(item.amount.amount),
    currency: item.amount.currency,
    requestedAt: wireInstant(item.requestedAt),
    resolvedAt: wireInstant(item.resolvedAt),
    gatewayReference: item.gatewayReference,
    failure: failureView(item.failure),
    parked: parked && {
      reason: parked.reason,
      amount: answered && wireAmount(answered.amount),
      currency: answered && answered.currency,
    },
  };
}

function failureView(failure: Failure | null): FailureView | null {
  if (failure === null) return null;
  const { code, declineCode, retryable } = failure;
  return { code, declineCode, retryable };
}
