// Recording what the gateway said of an attempt or a refund. Never refused for want of room: it has happened.

import { equals, money, type Money } from '../../money/money.ts';
import type { Instant } from '../../ids/instant.ts';
import type { RecordGatewayAnswer } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import type { Item, PaymentEvent, ParkReason } from '../events.ts';
import type { Failure, GatewayAnswer } from '../gateway-answer.ts';
import { NOT_FOUND_IS_FINAL_AFTER_MS, PARK_AFTER_MS } from '../due-effects.ts';
import type { Attempt, Payment, Refund } from '../state.ts';

/**
 * The first definite answer counts and repeating it changes nothing. An approval of what was already taken as failed,
 * or of another amount than asked, is parked for a person. An open outcome stays open, for 72 hours; a definite answer
 * that comes after them, but before the person, still counts.
 */
export function decideGatewayAnswer(command: RecordGatewayAnswer, payment: Payment): Decision {
  const { item, answer, now } = command;
  const found = findItem(payment, item);
  if (found === undefined) {
    return reject('item_unknown', `payment ${payment.id} has no ${item.kind} ${item.id}`, {
      details: { item: item.id },
    });
  }
  switch (found.status) {
    case 'pending':
      return accept(...resolve(found, item, answer, now));
    case 'parked':
      return found.parked?.reason === 'unknown_outcome' && isDefinite(answer)
        ? accept(...resolve(found, item, answer, now))
        : accept();
    case 'failed':
      return answer.outcome === 'approved' && answer.gatewayReference !== found.gatewayReference
        ? accept(park(item, 'late_approval', answer, now))
        : accept();
    case 'succeeded':
      return contradicts(answer, moved(payment, found, item))
        ? reject('answer_conflict', `the gateway says otherwise of ${item.kind} ${item.id} than it did before`, {
            details: { item: item.id },
          })
        : accept();
  }
}

function findItem(payment: Payment, item: Item): Attempt | Refund | undefined {
  const items: readonly (Attempt | Refund)[] = item.kind === 'attempt' ? payment.attempts : payment.refunds;
  return items.find((each) => each.id === item.id);
}

function isDefinite(answer: GatewayAnswer): boolean {
  return answer.outcome === 'approved' || answer.outcome === 'declined';
}

/** What moved for an item that succeeded: an attempt may have captured another amount than it asked for. */
function moved(payment: Payment, found: Attempt | Refund, item: Item): Money {
  return item.kind === 'attempt' ? money(payment.captured, payment.amount.currency) : found.amount;
}

function contradicts(answer: GatewayAnswer, moved: Money): boolean {
  return answer.outcome === 'declined' || (answer.outcome === 'approved' && !equals(answer.amount, moved));
}

function resolve(found: Attempt | Refund, item: Item, answer: GatewayAnswer, now: Instant): readonly PaymentEvent[] {
  const age = now - found.requestedAt;
  switch (answer.outcome) {
    case 'approved':
      return [
        equals(answer.amount, found.amount) ? approved(item, answer, now) : park(item, 'amount_mismatch', answer, now),
      ];
    case 'declined':
      return [declined(item, answer.failure, now)];
    case 'not_found':
      return age >= NOT_FOUND_IS_FINAL_AFTER_MS ? [declined(item, neverArrived, now)] : [];
    case 'unknown':
      return age >= PARK_AFTER_MS ? [park(item, 'unknown_outcome', null, now)] : [];
  }
}

const neverArrived: Failure = Object.freeze({ code: 'processing_error', declineCode: 'not_found', retryable: true });

interface Approval {
  readonly amount: Money;
  readonly gatewayReference: string;
}

function approved(item: Item, answer: Approval, at: Instant): PaymentEvent {
  const { amount, gatewayReference } = answer;
  return item.kind === 'attempt'
    ? { type: 'PaymentProcessed', at, data: { attemptId: item.id, captured: amount, gatewayReference } }
    : { type: 'PaymentRefunded', at, data: { refundId: item.id, amount, gatewayReference } };
}

function declined(item: Item, failure: Failure, at: Instant): PaymentEvent {
  return item.kind === 'attempt'
    ? { type: 'PaymentFailed', at, data: { attemptId: item.id, failure } }
    : { type: 'RefundFailed', at, data: { refundId: item.id, failure } };
}

function park(item: Item, reason: ParkReason, answer: Approval | null, at: Instant): PaymentEvent {
  return {
    type: 'PaymentParked',
    at,
    data: { item, reason, answered: answer?.amount ?? null, gatewayReference: answer?.gatewayReference ?? null },
  };
}
