// Where money moves. The application only talks to this port; the sandbox implements it.

import type { GatewayAnswer, GatewayKey, Money, OrganizationId } from '@paystrata/domain';
import type { Soon } from './soon.ts';

interface GatewayCall {
  readonly organizationId: OrganizationId;
  /** The idempotency key: the gateway moves the money of one key once, however often it is called. */
  readonly gatewayKey: GatewayKey;
  readonly amount: Money;
  /** Aborted when the caller stops waiting; the outcome is then unknown, not failed. */
  readonly signal: AbortSignal;
}

export interface ChargeCall extends GatewayCall {
  readonly method: string;
}

export interface RefundCall extends GatewayCall {
  /** The key of the charge; null for a payment that was settled outside. */
  readonly chargeKey: GatewayKey | null;
}

/** Answers what is known. A time-out, a lost connection or a thrown error mean `unknown`, never `declined`. */
export interface PaymentGateway {
  charge(call: ChargeCall): Soon<GatewayAnswer>;
  refund(call: RefundCall): Soon<GatewayAnswer>;
  lookup(call: {
    readonly organizationId: OrganizationId;
    readonly gatewayKey: GatewayKey;
    readonly signal: AbortSignal;
  }): Soon<GatewayAnswer>;
}
