// What client and workers of one benchmark share.

import type { PaymentGateway } from '@paystrata/application';

export interface TemporalPlace {
  readonly address: string;
  readonly taskQueue: string;
  readonly keyringPath: string;
  readonly projection: { readonly kind: 'sqlite'; readonly path: string };
  readonly workflowBundlePath: string;
}

/** Answers at once, as the activity of the bare workflow does. */
export const approving: PaymentGateway = {
  charge: async ({ amount, gatewayKey }) => ({ outcome: 'approved', amount, gatewayReference: gatewayKey }),
  refund: async ({ amount, gatewayKey }) => ({ outcome: 'approved', amount, gatewayReference: gatewayKey }),
  lookup: async () => ({ outcome: 'unknown' }),
};
