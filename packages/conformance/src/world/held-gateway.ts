// The sandbox gateway, deaf to look-ups until a case wants them answered: what timed out stays open for as long.

import type { PaymentGateway } from '@paystrata/application';

export interface HeldGateway extends PaymentGateway {
  /** From now on look-ups are answered, or not. */
  release(): void;
  hold(): void;
}

/** Without it a strategy that looks up by itself would resolve an outcome while the case still needs it open. */
export function holdLookups(gateway: PaymentGateway): HeldGateway {
  let held = true;
  return {
    charge: (call) => gateway.charge(call),
    refund: (call) => gateway.refund(call),
    lookup: (call) => (held ? Promise.resolve({ outcome: 'unknown' }) : gateway.lookup(call)),
    release: () => {
      held = false;
    },
    hold: () => {
      held = true;
    },
  };
}
