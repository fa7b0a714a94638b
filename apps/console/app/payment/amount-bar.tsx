// Where the money of a payment is: refunded, reserved for refunds, left of what was captured, not captured.

import type { PaymentView } from '../api/types.ts';
import { formatAmount } from '../format/money.ts';
import { refundable, reserved } from './actions.ts';

export function AmountBar({ payment }: { readonly payment: PaymentView }) {
  const { amount, captured, currency, refunded } = payment;
  const parts = [
    ['refunded', 'Refunded', refunded],
    ['reserved', 'Reserved for refunds', reserved(payment)],
    ['remaining', 'Remaining of the capture', captured === 0 ? 0 : refundable(payment)],
    ['open', 'Not captured', Math.max(0, amount - captured)],
  ] as const;
  const whole = parts.reduce((sum, [, , minor]) => sum + minor, 0);
  return (
    <section class="amounts" aria-label="Amounts">
      <svg class="amount-bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(([name, , minor], index) => {
          const before = parts.slice(0, index).reduce((sum, [, , each]) => sum + each, 0);
          const x = whole === 0 ? 0 : (before / whole) * 1000;
          return (
            <rect class={`amount-${name}`} x={x} y="0" height="12" width={whole === 0 ? 0 : (minor / whole) * 1000} />
          );
        })}
      </svg>
      <dl class="legend">
        <div>
          <dt>Captured</dt>
          <dd>{formatAmount(captured, currency)}</dd>
        </div>
        {parts.map(([name, label, minor]) => (
          <div>
            <dt>
              <span class={`key amount-${name}`} aria-hidden="true" /> {label}
            </dt>
            <dd>{formatAmount(minor, currency)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
