// What must be done outside for a payment: one pure function, which effect runners and workflows only carry out.

import type { GatewayKey, OrganizationId, PaymentId } from '../ids/ids.ts';
import { instantOf, type Instant } from '../ids/instant.ts';
import type { Money } from '../money/money.ts';
import type { Item } from './events.ts';
import type { PaymentState } from './state.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** An outcome that is still unknown after 72 hours is parked for a person. */
export const PARK_AFTER_MS = 72 * HOUR;
/**
 * "No such key" is taken as "never arrived" only after this time: a call may have been on its way when it was looked
 * up. What is approved later all the same is parked as a late approval.
 */
export const NOT_FOUND_IS_FINAL_AFTER_MS = HOUR / 4;

/**
 * Money to move at the gateway under an idempotency key. Whoever committed the event that asks for it calls the
 * gateway once, at once; everybody else only looks up what became of the key, at `nextLookupAt`.
 */
export interface Effect {
  readonly kind: 'charge' | 'refund';
  readonly organizationId: OrganizationId;
  readonly paymentId: PaymentId;
  readonly item: Item;
  readonly gatewayKey: GatewayKey;
  readonly amount: Money;
  /** For a charge: how to pay. For a refund: the key of the charge that captured. */
  readonly method: string | null;
  readonly chargeKey: GatewayKey | null;
  readonly requestedAt: Instant;
}

/** Charges and refunds whose outcome is not known; none for what is parked, a person has that. */
export function dueEffects(state: PaymentState): readonly Effect[] {
  if (state === null) return [];
  const { id: paymentId, organizationId } = state;
  const charges = state.attempts.filter((attempt) => attempt.status === 'pending');
  const refunds = state.refunds.filter((refund) => refund.status === 'pending');
  if (charges.length === 0 && refunds.length === 0) return [];
  const captured = state.attempts.find((attempt) => attempt.status === 'succeeded')?.gatewayKey ?? null;
  return [
    ...charges.map(({ id, gatewayKey, amount, method, requestedAt }): Effect => {
      const item: Item = { kind: 'attempt', id };
      return {
        kind: 'charge',
        organizationId,
        paymentId,
        item,
        gatewayKey,
        amount,
        method,
        chargeKey: null,
        requestedAt,
      };
    }),
    ...refunds.map(({ id, gatewayKey, amount, requestedAt }): Effect => {
      const item: Item = { kind: 'refund', id };
      return {
        kind: 'refund',
        organizationId,
        paymentId,
        item,
        gatewayKey,
        amount,
        method: null,
        chargeKey: captured,
        requestedAt,
      };
    }),
  ];
}

/**
 * When to look up next: 1 s after the request, then after gaps that double up to 1 hour. It depends on the two
 * instants alone, so it is the same after a restart and in every process.
 *
 * @returns an instant after `now`.
 */
export function nextLookupAt(requestedAt: Instant, now: Instant): Instant {
  let gap = SECOND;
  let at = requestedAt + gap;
  while (at <= now && gap < HOUR) {
    gap = Math.min(gap * 2, HOUR);
    at += gap;
  }
  if (at <= now) at += (Math.floor((now - at) / HOUR) + 1) * HOUR;
  return instantOf(at);
}
