// The facts of a payment's life, in the past tense. Stored for ever: a new optional field may join, nothing else changes.

import type { AttemptId, GatewayKey, OrganizationId, PaymentId, RefundId, SubjectId } from '../ids/ids.ts';
import type { Instant } from '../ids/instant.ts';
import type { Money } from '../money/money.ts';
import type { Failure } from './gateway-answer.ts';
import type { PersonalData, PersonalDataChange } from './personal-data.ts';

/** One attempt or one refund of a payment. */
export type Item =
  { readonly kind: 'attempt'; readonly id: AttemptId } | { readonly kind: 'refund'; readonly id: RefundId };

/**
 * Why a person has to look: the outcome stayed unknown for 72 hours; the gateway moved another amount than asked; or it
 * approved what was already taken as failed.
 */
export type ParkReason = 'unknown_outcome' | 'amount_mismatch' | 'late_approval';

interface Terms {
  readonly paymentId: PaymentId;
  readonly organizationId: OrganizationId;
  readonly amount: Money;
  readonly reference: string | null;
  readonly userId: string | null;
  readonly workflowId: string | null;
  readonly resourceIds: readonly string[];
  readonly createdAt: Instant;
  readonly subject: SubjectId;
  /** Null once erased. */
  readonly personal: PersonalData | null;
  readonly personalSize: number;
}

/** The data of each type of event. */
export interface EventData {
  PaymentCreated: Terms;
  /** Created and processed outside: captured in full at `createdAt`. */
  PaymentImported: Terms;
  PaymentUpdated: {
    readonly amount: Money | null;
    /** True unless only metadata changed: the payment is pending again. */
    readonly reopened: boolean;
    readonly subject: SubjectId;
    /** Null once erased. */
    readonly personal: PersonalDataChange | null;
    readonly personalSize: number;
  };
  PaymentProcessingStarted: {
    readonly attemptId: AttemptId;
    readonly gatewayKey: GatewayKey;
    readonly method: string;
    readonly amount: Money;
  };
  PaymentProcessed: {
    readonly attemptId: AttemptId;
    readonly captured: Money;
    readonly gatewayReference: string;
  };
  PaymentFailed: { readonly attemptId: AttemptId; readonly failure: Failure };
  PaymentCancelled: { readonly reason: string | null };
  RefundRequested: {
    readonly refundId: RefundId;
    readonly gatewayKey: GatewayKey;
    readonly amount: Money;
    readonly reason: string | null;
  };
  PaymentRefunded: { readonly refundId: RefundId; readonly amount: Money; readonly gatewayReference: string };
  RefundFailed: { readonly refundId: RefundId; readonly failure: Failure };
  PaymentParked: {
    readonly item: Item;
    readonly reason: ParkReason;
    /** What the gateway says it moved, where it answered. */
    readonly answered: Money | null;
    readonly gatewayReference: string | null;
  };
  /** A person decided what became of a parked attempt or refund. */
  PaymentSettled: {
    readonly item: Item;
    readonly outcome: 'completed' | 'failed';
    /** What moved, where it was completed. */
    readonly amount: Money | null;
    readonly reason: string;
  };
  PaymentDeleted: { readonly reason: string | null };
  PersonalDataErased: { readonly subject: SubjectId };
}

export type PaymentEventType = keyof EventData;

/** The data of an event of one type. */
export type DataOf<Type extends PaymentEventType> = EventData[Type];

/** One fact; `at` is the time of the decision, never before that of the event before it. */
export type PaymentEvent = {
  [Type in PaymentEventType]: { readonly type: Type; readonly at: Instant; readonly data: EventData[Type] };
}[PaymentEventType];

export const paymentEventTypes: readonly PaymentEventType[] = Object.freeze([
  'PaymentCreated',
  'PaymentImported',
  'PaymentUpdated',
  'PaymentProcessingStarted',
  'PaymentProcessed',
  'PaymentFailed',
  'PaymentCancelled',
  'RefundRequested',
  'PaymentRefunded',
  'RefundFailed',
  'PaymentParked',
  'PaymentSettled',
  'PaymentDeleted',
  'PersonalDataErased',
]);
