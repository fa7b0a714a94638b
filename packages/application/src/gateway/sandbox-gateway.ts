// A gateway for tests and demonstrations: the method chooses the outcome, no money moves anywhere.

import { failureCodes, money, type FailureCode, type GatewayAnswer, type Money } from '@paystrata/domain';
import type { ChargeCall, PaymentGateway, RefundCall } from '../ports/payment-gateway.ts';
import { onceThere, type Soon } from '../ports/soon.ts';
import { createMemoryLedger, type SandboxEntry, type SandboxLedger } from './sandbox-ledger.ts';

/** What happens, and whether the caller hears of it at once or has to look it up. */
interface Plan {
  readonly outcome: 'approve' | 'wrong_amount' | FailureCode;
  readonly timesOut: boolean;
}

const approve: Plan = { outcome: 'approve', timesOut: false };

/**
 * Methods of a charge: `test_approve`, `test_decline_<failure code>`, `test_timeout_then_approve`,
 * `test_timeout_then_decline`, `test_wrong_amount`. With `test_refund_` in the place of `test_`, the charge is approved
 * and that is how its refunds go. Any other method is declined as `processing_error` (`unknown_method`).
 */
export function createSandboxGateway(ledger: SandboxLedger = createMemoryLedger()): PaymentGateway {
  return {
    charge(call) {
      const plan = call.method.startsWith(refundPrefix) ? approve : planOf(call.method);
      return play(ledger, plan, call, 'charge', call.method);
    },
    async refund(call) {
      const method =
        call.chargeKey === null ? 'test_approve' : ((await ledger.find(call.chargeKey))?.method ?? 'test_approve');
      const plan = method.startsWith(refundPrefix) ? planOf(`test_${method.slice(refundPrefix.length)}`) : approve;
      return play(ledger, plan, call, 'refund', method);
    },
    async lookup({ gatewayKey }) {
      return (await ledger.find(gatewayKey))?.answer ?? { outcome: 'not_found' };
    },
  };
}

const refundPrefix = 'test_refund_';
const declinePrefix = 'test_decline_';

function planOf(method: string): Plan | null {
  switch (method) {
    case 'test_approve':
      return approve;
    case 'test_timeout_then_approve':
      return { outcome: 'approve', timesOut: true };
    case 'test_timeout_then_decline':
      return { outcome: 'card_declined', timesOut: true };
    case 'test_wrong_amount':
      return { outcome: 'wrong_amount', timesOut: false };
  }
  const code = method.startsWith(declinePrefix) ? method.slice(declinePrefix.length) : '';
  const known = failureCodes.find((each) => each === code);
  return known === undefined ? null : { outcome: known, timesOut: false };
}

function play(
  ledger: SandboxLedger,
  plan: Plan | null,
  call: ChargeCall | RefundCall,
  kind: SandboxEntry['kind'],
  method: string,
): Soon<GatewayAnswer> {
  const answer = plan === null ? declined('processing_error', 'unknown_method') : answerOf(plan, call);
  const { organizationId, gatewayKey, amount } = call;
  const moved = answer.outcome === 'approved' ? answer.amount.amount : 0n;
  const { currency } = amount;
  const entry: SandboxEntry = { gatewayKey, organizationId, kind, currency, moved, method, answer };
  return onceThere(ledger.record(entry), (kept) => (plan?.timesOut === true ? { outcome: 'unknown' } : kept.answer));
}

function answerOf(plan: Plan, call: ChargeCall | RefundCall): GatewayAnswer {
  const gatewayReference = `sandbox_${call.gatewayKey}`;
  if (plan.outcome === 'approve') return { outcome: 'approved', amount: call.amount, gatewayReference };
  if (plan.outcome === 'wrong_amount') return { outcome: 'approved', amount: oneLess(call.amount), gatewayReference };
  return declined(plan.outcome, plan.outcome);
}

function declined(code: FailureCode, declineCode: string): GatewayAnswer {
  return { outcome: 'declined', failure: { code, declineCode, retryable: retryable.has(code) } };
}

/** One minor unit less than asked, or 2 where 1 was asked. */
function oneLess({ amount, currency }: Money): Money {
  return money(amount === 1n ? 2n : amount - 1n, currency);
}

const retryable: ReadonlySet<FailureCode> = new Set([
  'card_declined',
  'insufficient_funds',
  'do_not_honor',
  'processing_error',
]);
