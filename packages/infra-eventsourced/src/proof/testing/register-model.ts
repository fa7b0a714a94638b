// A payment as one object: what clients may see of it when operations take effect one after the other. The decisions
// are those of the domain; that the store keeps to one order of them is what is checked.

import { decide, evolveAll, type PaymentCommand, type PaymentState } from '@paystrata/domain';
import { illegal, type Model } from '@paystrata/test-servers';

export type RegisterInput =
  | { readonly kind: 'read' }
  | { readonly kind: 'write'; readonly command: PaymentCommand; readonly expectedVersion: number | null };

export type RegisterOutput =
  /** What was read, or the payment as the command left it. */
  | { readonly saw: string }
  | { readonly rejected: string }
  /** The code of a failure that promises that nothing was stored. */
  | { readonly failed: string };

/** All that matters for decisions and for money. */
export function digest(payment: PaymentState): string {
  if (payment === null) return 'none';
  const { version, status, amount, captured, refunded, attempts, refunds } = payment;
  const items = [...attempts, ...refunds].map((item) => `${item.id}=${item.status}:${item.amount.amount}`);
  return [version, status, amount.amount, captured, refunded, ...items].join(' ');
}

export const registerModel: Model<PaymentState, RegisterInput, RegisterOutput> = {
  initial: null,
  key: digest,
  step: (state, input, output) => {
    if (input.kind === 'read') return tells(output) && !isSaid(output, digest(state)) ? illegal : state;
    const { command, expectedVersion } = input;
    const outdated = expectedVersion !== null && state !== null && state.version !== expectedVersion;
    if (output !== null && 'failed' in output) {
      const claimsOutdated = output.failed === 'WRONG_EXPECTED_VERSION' && expectedVersion !== null;
      return claimsOutdated && !outdated ? illegal : state;
    }
    if (outdated) return output === null ? state : illegal;
    const decision = decide(command, state);
    if (!decision.accepted) {
      const fits = output === null || ('rejected' in output && output.rejected === decision.rejection.code);
      return fits ? state : illegal;
    }
    const after = evolveAll(state, decision.events);
    return output === null || isSaid(output, digest(after)) ? after : illegal;
  },
};

/** False for what was not answered, or with a failure. */
function tells(output: RegisterOutput | null): output is RegisterOutput {
  return output !== null && !('failed' in output);
}

function isSaid(output: RegisterOutput, expected: string): boolean {
  return 'saw' in output && output.saw === expected;
}
