// What the payment gateway can say of a charge or a refund, in the domain's words.

import type { Money } from '../money/money.ts';

/** Why a gateway declined; the names are Stripe's decline and error codes. */
export const failureCodes = [
  'card_declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_cvc',
  'incorrect_number',
  'lost_card',
  'stolen_card',
  'do_not_honor',
  'fraudulent',
  'card_velocity_exceeded',
  'currency_not_supported',
  'authentication_required',
  'processing_error',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** Why an attempt or a refund did not go through. */
export interface Failure {
  readonly code: FailureCode;
  /** The gateway's own word for it, for support; null where it gave none. */
  readonly declineCode: string | null;
  /** Whether trying again can help. */
  readonly retryable: boolean;
}

/**
 * - `approved`: money moved, the amount being the one that moved.
 * - `declined`: no money moved and none will under this key.
 * - `not_found`: a look-up found no such key (yet).
 * - `unknown`: a time-out, or a look-up that could not tell.
 */
export type GatewayAnswer =
  | { readonly outcome: 'approved'; readonly amount: Money; readonly gatewayReference: string }
  | { readonly outcome: 'declined'; readonly failure: Failure }
  | { readonly outcome: 'not_found' }
  | { readonly outcome: 'unknown' };
