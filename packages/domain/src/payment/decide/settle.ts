// A person decides what became of a parked attempt or refund.

import type { Money } from '../../money/money.ts';
import type { SettlePayment } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import type { Item } from '../events.ts';
import { attemptUnderway, isParked, refundable, type Attempt, type Payment, type Refund } from '../state.ts';
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
  if (outcome === 'failed') {
    return accept({ type: 'PaymentSettled', at, data: { item, outcome, amount: null, reason } });
  }
  const underway = attemptUnderway(payment);
  if (kind === 'attempt' && underway !== undefined && underway.id !== facts.id) {
    return reject('illegal_state', 'a later attempt is still open: first see what becomes of that', {
      details: { status: payment.status },
    });
  }
  const amount = facts.parked?.answered ?? facts.amount;
  const obstacle =
    nothingMoved(payment, amount) ??
    (kind === 'attempt' ? cannotCapture(payment) : cannotRefund(payment, facts, amount));
  if (obstacle !== null) return reject('settlement_impossible', obstacle, { param: 'outcome' });
  return accept({ type: 'PaymentSettled', at, data: { item, outcome, amount, reason } });
}

const undo = 'undo it at the gateway and settle it as failed';

function nothingMoved(payment: Payment, amount: Money): string | null {
  if (amount.currency !== payment.amount.currency) return `the gateway moved ${amount.currency}: ${undo}`;
  if (amount.amount <= 0n) return `the gateway moved ${amount.amount} minor units: settle it as failed`;
  return null;
}

function cannotCapture(payment: Payment): string | null {
  if (payment.captured > 0n) return `the payment was captured by another attempt: ${undo}`;
  if (payment.status === 'deleted') return `the payment is deleted: ${undo}`;
  return null;
}

function cannotRefund(payment: Payment, refund: Refund, amount: Money): string | null {
  const others: Payment = { ...payment, refunds: payment.refunds.filter((each) => each.id !== refund.id) };
  if (amount.amount <= refundable(others)) return null;
  return `${amount.amount} minor units are more than can still be refunded: ${undo}`;
}
