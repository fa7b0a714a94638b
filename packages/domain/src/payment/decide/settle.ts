// A person decides what became of a parked attempt or refund.

import { money, type Money } from '../../money/money.ts';
import type { SettlePayment } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import type { Item } from '../events.ts';
import { isParked, refundable, type Attempt, type Payment, type Refund } from '../state.ts';
import { checkReason } from './fields.ts';

export function decideSettle(command: SettlePayment, payment: Payment): Decision {
  const problem = checkReason(command.reason);
  if (problem !== null) return { accepted: false, rejection: problem };
  if (command.reason.trim() === '') {
    return reject('settlement_impossible', 'a settlement needs the reason of the person who decides', {
      param: 'reason',
    });
  }
  const parked: readonly ParkedItem[] = [
    ...payment.attempts.filter(isParked).map((facts): ParkedItem => ({ kind: 'attempt', facts })),
    ...payment.refunds.filter(isParked).map((facts): ParkedItem => ({ kind: 'refund', facts })),
  ];
  const candidates = parked.filter(({ facts }) => command.itemId === null || facts.id === command.itemId);
  const [chosen, another] = candidates;
  if (chosen === undefined) return reject('nothing_to_settle', 'only what is parked for review can be settled');
  if (another !== undefined) {
    const ids = candidates.map(({ facts }) => facts.id).join(', ');
    return reject('settlement_ambiguous', `several items are parked, name one: ${ids}`, { param: 'itemId' });
  }
  return settle(command, payment, chosen);
}

type ParkedItem =
  { readonly kind: 'attempt'; readonly facts: Attempt } | { readonly kind: 'refund'; readonly facts: Refund };

function settle(command: SettlePayment, payment: Payment, { kind, facts }: ParkedItem): Decision {
  const item: Item = kind === 'attempt' ? { kind, id: facts.id } : { kind, id: facts.id };
  const { outcome, reason, now: at } = command;
  if (outcome === 'failed')
    return accept({ type: 'PaymentSettled', at, data: { item, outcome, amount: null, reason } });
  const amount = facts.parked?.answered ?? facts.amount;
  const obstacle = kind === 'attempt' ? cannotCapture(payment, amount) : cannotRefund(payment, facts, amount);
  if (obstacle !== null) {
    return reject('settlement_impossible', `${obstacle}: undo it at the gateway and settle it as failed`, {
      param: 'outcome',
    });
  }
  return accept({ type: 'PaymentSettled', at, data: { item, outcome, amount, reason } });
}

function cannotCapture(payment: Payment, amount: Money): string | null {
  if (amount.currency !== payment.amount.currency) return `the gateway captured ${amount.currency}`;
  if (payment.captured > 0n) return 'the payment was captured by another attempt';
  if (payment.status === 'deleted') return 'the payment is deleted';
  return null;
}

function cannotRefund(payment: Payment, refund: Refund, amount: Money): string | null {
  if (amount.currency !== payment.amount.currency) return `the gateway refunded ${amount.currency}`;
  const withdrawn: Payment = { ...payment, refunds: payment.refunds.filter((each) => each.id !== refund.id) };
  if (amount.amount > refundable(withdrawn)) {
    return `${money(amount.amount, amount.currency).amount} is more than can still be refunded`;
  }
  return null;
}
