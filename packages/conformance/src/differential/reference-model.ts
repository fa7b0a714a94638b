// The reference model: what every strategy must come to, in plain objects and code that is obviously right. It shares
// nothing with the domain or with any strategy.

import {
  answerAttempt,
  answerRefund,
  chargeMethod,
  newItem,
  planOf,
  refundMethod,
  showRefunds,
} from './reference-gateway.ts';
import {
  isUnderReview,
  leftOf,
  newReferencePayment,
  type ReferenceItem,
  type ReferencePayment,
} from './reference-payment.ts';
import type { CommandStep, Outcome } from './steps.ts';

export class ReferenceModel {
  readonly payments = new Map<string, ReferencePayment>();

  /** What a command comes to. `expected`: the version the caller has seen, null where it does not care. */
  execute(
    id: string,
    reference: string | null,
    step: CommandStep,
    commandId: string,
    expected: number | null,
  ): Outcome {
    const payment = this.payments.get(id);
    const done = payment?.commands.get(commandId);
    if (done !== undefined) return { ended: 'accepted', version: shownVersion(done), replayed: true };
    if (payment !== undefined && expected !== null && expected !== payment.events.length) {
      return { ended: 'failed', code: 'WRONG_EXPECTED_VERSION' };
    }
    if (step.kind === 'create' || step.kind === 'import') return this.#create(id, reference, step, commandId);
    if (payment === undefined) return refused('payment_not_found');
    if (payment.status === 'deleted' && step.kind !== 'erase' && step.kind !== 'settle')
      return refused('payment_deleted');
    const before = payment.events.length;
    const code = change(payment, step);
    if (code !== null) return refused(code);
    const version = payment.events.length;
    const item = itemStartedBy(payment, step);
    if (version > before) payment.commands.set(commandId, { version, item });
    return { ended: 'accepted', version, replayed: false };
  }

  /** What follows a command at once: the gateway's answer, unless it times out. */
  carryOut(id: string): void {
    this.#answer(id, false);
  }

  /** Payments that wait for the gateway. */
  open(): readonly string[] {
    return [...this.payments.values()].filter((payment) => openItems(payment).length > 0).map(({ id }) => id);
  }

  /** What was open becomes known. */
  lookUp(): void {
    for (const id of this.open()) this.#answer(id, true);
  }

  #create(id: string, reference: string | null, step: CommandStep, commandId: string): Outcome {
    if (step.kind !== 'create' && step.kind !== 'import') throw new Error('not a creation');
    if (this.payments.has(id)) return refused('payment_exists');
    if (step.amount <= 0n) return refused('amount_not_positive');
    const payment = newReferencePayment(id, reference, step);
    payment.commands.set(commandId, { version: 1, item: null });
    this.payments.set(id, payment);
    return { ended: 'accepted', version: 1, replayed: false };
  }

  #answer(id: string, late: boolean): void {
    const payment = this.payments.get(id);
    for (const { item, method, isAttempt } of payment === undefined ? [] : openItems(payment)) {
      if (payment === undefined || planOf(method).late !== late) continue;
      if (isAttempt) answerAttempt(payment, item, method);
      else answerRefund(payment, item);
    }
  }
}

const refused = (code: string): Outcome => ({ ended: 'refused', code });

/** A repeated command shows what became of the attempt or refund that it started. */
function shownVersion({ version, item }: { readonly version: number; readonly item: ReferenceItem | null }): number {
  return item?.answeredAt ?? version;
}

function itemStartedBy(payment: ReferencePayment, { kind }: CommandStep): ReferenceItem | null {
  if (kind === 'process') return payment.attempts.at(-1) ?? null;
  return kind === 'refund' ? (payment.refunds.at(-1) ?? null) : null;
}

function openItems(payment: ReferencePayment) {
  const attempts = payment.attempts.map((item) => ({ item, method: payment.attemptMethod, isAttempt: true }));
  const refunds = payment.refunds.map((item) => ({ item, method: payment.refundMethod, isAttempt: false }));
  return [...attempts, ...refunds].filter(({ item }) => item.status === 'pending');
}

/** Changes the payment, or says why not. */
function change(payment: ReferencePayment, step: CommandStep): string | null {
  switch (step.kind) {
    case 'update':
      return update(payment, step);
    case 'process':
      return process(payment, step);
    case 'refund':
      return refund(payment, step);
    case 'settle':
      return settle(payment, step.outcome);
    case 'cancel':
      if (!['pending', 'failed'].includes(payment.status)) return 'illegal_state';
      payment.status = 'cancelled';
      payment.events.push('PaymentCancelled');
      return null;
    case 'delete':
      if (!['pending', 'failed', 'cancelled'].includes(payment.status)) return 'illegal_state';
      payment.status = 'deleted';
      payment.events.push('PaymentDeleted');
      return null;
    case 'erase':
      if (!payment.erased) payment.events.push('PersonalDataErased');
      Object.assign(payment, { erased: true, description: null, customer: null, metadata: {} });
      return null;
    default:
      throw new Error(`not a change: ${step.kind}`);
  }
}

function update(payment: ReferencePayment, step: Extract<CommandStep, { kind: 'update' }>): string | null {
  const { amount, description, metadata } = step;
  const reopens = amount !== null || description !== undefined;
  if (reopens && !['pending', 'failed'].includes(payment.status)) return 'illegal_state';
  if (amount !== null && amount <= 0n) return 'amount_not_positive';
  if (!reopens && metadata === undefined) return null;
  const merged = { ...payment.metadata };
  for (const [key, value] of Object.entries(metadata ?? {})) {
    if (value === null) delete merged[key];
    else merged[key] = value;
  }
  const isPersonal = (description ?? '') !== '' || (metadata !== undefined && Object.keys(merged).length > 0);
  if (payment.erased && isPersonal) return 'personal_data_erased';
  payment.amount = amount ?? payment.amount;
  if (description !== undefined) payment.description = description;
  payment.metadata = merged;
  if (reopens) Object.assign(payment, { status: 'pending', failure: null });
  payment.events.push('PaymentUpdated');
  return null;
}

function process(payment: ReferencePayment, step: Extract<CommandStep, { kind: 'process' }>): string | null {
  if (!['pending', 'failed'].includes(payment.status)) return 'illegal_state';
  if (step.stated !== null && step.stated !== payment.amount) return 'amount_mismatch';
  if (payment.attempts.length >= 10) return 'attempts_exhausted';
  payment.attemptMethod = chargeMethod(step.method);
  payment.refundMethod = refundMethod(step.method);
  payment.attempts.push(newItem(`a${payment.attempts.length + 1}`, payment.amount, planOf(payment.attemptMethod)));
  Object.assign(payment, { status: 'processing', failure: null });
  payment.events.push('PaymentProcessingStarted');
  return null;
}

function refund(payment: ReferencePayment, step: Extract<CommandStep, { kind: 'refund' }>): string | null {
  if (step.amount !== null && step.amount <= 0n) return 'amount_not_positive';
  if (!['completed', 'partially_refunded'].includes(payment.status)) return 'illegal_state';
  if (isUnderReview(payment)) return 'needs_review';
  const left = leftOf(payment);
  if (left <= 0n) return 'nothing_to_refund';
  if ((step.amount ?? left) > left) return 'refund_exceeds_captured';
  const id = `r${payment.refunds.length + 1}`;
  payment.refunds.push(newItem(id, step.amount ?? left, planOf(payment.refundMethod)));
  payment.events.push('RefundRequested');
  return null;
}

function settle(payment: ReferencePayment, outcome: 'completed' | 'failed'): string | null {
  const attempt = payment.attempts.find(({ status }) => status === 'parked');
  const item = attempt ?? payment.refunds.find(({ status }) => status === 'parked');
  if (item === undefined) return 'nothing_to_settle';
  const moved = item.moved ?? 0n;
  if (outcome === 'completed' && attempt === undefined && moved > leftOf(payment, item)) return 'settlement_impossible';
  item.status = outcome === 'completed' ? 'succeeded' : 'failed';
  if (outcome === 'failed') {
    if (attempt !== undefined) Object.assign(payment, { status: 'failed', failure: 'processing_error' });
  } else if (attempt !== undefined) {
    Object.assign(payment, { status: 'completed', captured: moved, failure: null });
  } else {
    item.amount = moved;
    showRefunds(payment);
  }
  payment.events.push('PaymentSettled');
  item.answeredAt ??= payment.events.length;
  return null;
}
