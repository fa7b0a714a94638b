// Folds one fact into the state. Never refuses and never decides: whatever was stored has happened.

import { assertNever } from './assert-never.ts';
import type { DataOf, Item, PaymentEvent } from './events.ts';
import type { Instant } from '../ids/instant.ts';
import type { Failure } from './gateway-answer.ts';
import { measure } from './measure.ts';
import { noPersonalData } from './personal-data.ts';
import { attemptUnderway, type Attempt, type Payment, type PaymentState, type Refund } from './state.ts';

/**
 * The state after one more event.
 *
 * @throws Error where the events are not those of one payment in order (a damaged log, or a bug).
 */
export function evolve(state: PaymentState, event: PaymentEvent): Payment {
  if (event.type === 'PaymentCreated' || event.type === 'PaymentImported') {
    if (state !== null) throw new Error(`a second ${event.type} in the stream of payment ${state.id}`);
    return begin(event);
  }
  if (state === null) throw new Error(`${event.type} in a stream that does not begin with the creation of a payment`);
  return next(state, event, change(state, event));
}

/** The fold of events upon a state. */
export function evolveAll(state: PaymentState, events: Iterable<PaymentEvent>): PaymentState {
  let folded = state;
  for (const event of events) folded = evolve(folded, event);
  return folded;
}

/**
 * Field by field, because every command folds: two spreads of a state that is frozen take several times as long.
 */
function next(state: Payment, event: PaymentEvent, changed: Change): Payment {
  return {
    id: state.id,
    organizationId: state.organizationId,
    status: changed.status ?? state.status,
    amount: changed.amount ?? state.amount,
    captured: changed.captured ?? state.captured,
    refunded: changed.refunded ?? state.refunded,
    reference: state.reference,
    userId: state.userId,
    workflowId: state.workflowId,
    resourceIds: state.resourceIds,
    subject: state.subject,
    personal: changed.personal ?? state.personal,
    personalErased: changed.personalErased ?? state.personalErased,
    attempts: changed.attempts ?? state.attempts,
    refunds: changed.refunds ?? state.refunds,
    failure: changed.failure === undefined ? state.failure : changed.failure,
    imported: state.imported,
    version: state.version + 1,
    size: state.size + measure(event),
    createdAt: state.createdAt,
    updatedAt: event.at,
    processedAt: changed.processedAt ?? state.processedAt,
    failedAt: changed.failedAt ?? state.failedAt,
    refundedAt: changed.refundedAt ?? state.refundedAt,
  };
}

/** What never changes, and what changes with every event. */
type Given = 'id' | 'organizationId' | 'reference' | 'userId' | 'workflowId' | 'resourceIds' | 'subject' | 'imported';
type Counted = 'createdAt' | 'version' | 'size' | 'updatedAt';
type Change = Partial<Omit<Payment, Given | Counted>>;

type BeginningEvent = Extract<PaymentEvent, { type: 'PaymentCreated' | 'PaymentImported' }>;
type LaterEvent = Exclude<PaymentEvent, BeginningEvent>;

function begin(event: BeginningEvent): Payment {
  const { data } = event;
  const imported = event.type === 'PaymentImported';
  return {
    id: data.paymentId,
    organizationId: data.organizationId,
    status: imported ? 'completed' : 'pending',
    amount: data.amount,
    captured: imported ? data.amount.amount : 0n,
    refunded: 0n,
    reference: data.reference,
    userId: data.userId,
    workflowId: data.workflowId,
    resourceIds: data.resourceIds,
    subject: data.subject,
    personal: data.personal ?? noPersonalData,
    personalErased: false,
    attempts: [],
    refunds: [],
    failure: null,
    imported,
    version: 1,
    size: measure(event),
    createdAt: data.createdAt,
    updatedAt: event.at,
    processedAt: imported ? data.createdAt : null,
    failedAt: null,
    refundedAt: null,
  };
}

function change(state: Payment, event: LaterEvent): Change {
  switch (event.type) {
    case 'PaymentUpdated':
      return updated(state, event.data);
    case 'PaymentProcessingStarted':
      return { status: 'processing', failure: null, attempts: [...state.attempts, attemptOf(event.data, event.at)] };
    case 'PaymentProcessed':
      return {
        status: 'completed',
        captured: event.data.captured.amount,
        failure: null,
        processedAt: event.at,
        attempts: patch(state.attempts, event.data.attemptId, {
          ...succeeded(event.at),
          gatewayReference: event.data.gatewayReference,
        }),
      };
    case 'PaymentFailed':
      return {
        status: 'failed',
        failure: event.data.failure,
        failedAt: event.at,
        attempts: patch(state.attempts, event.data.attemptId, failed(event.at, event.data.failure)),
      };
    case 'PaymentCancelled':
      return { status: 'cancelled' };
    case 'RefundRequested':
      return { refunds: [...state.refunds, refundOf(event.data, event.at)] };
    case 'PaymentRefunded':
      return refundedBy(state, event.data.refundId, { gatewayReference: event.data.gatewayReference }, event.at);
    case 'RefundFailed':
      return { refunds: patch(state.refunds, event.data.refundId, failed(event.at, event.data.failure)) };
    case 'PaymentParked':
      return parked(state, event.data);
    case 'PaymentSettled':
      return settled(state, event.data, event.at);
    case 'PaymentDeleted':
      return { status: 'deleted' };
    case 'PersonalDataErased':
      return { personal: noPersonalData, personalErased: true };
    default:
      return assertNever(event);
  }
}

function updated(state: Payment, data: DataOf<'PaymentUpdated'>): Change {
  return {
    amount: data.amount ?? state.amount,
    personal: { ...state.personal, ...data.personal },
    status: data.reopened ? 'pending' : state.status,
    failure: data.reopened ? null : state.failure,
  };
}

function attemptOf(data: DataOf<'PaymentProcessingStarted'>, at: Instant): Attempt {
  const { attemptId: id, gatewayKey, method, amount } = data;
  return { id, gatewayKey, method, amount, ...unresolved(at) };
}

function refundOf(data: DataOf<'RefundRequested'>, at: Instant): Refund {
  const { refundId: id, gatewayKey, amount, reason } = data;
  return { id, gatewayKey, amount, reason, ...unresolved(at) };
}

function unresolved(requestedAt: Instant) {
  return {
    status: 'pending',
    requestedAt,
    resolvedAt: null,
    gatewayReference: null,
    failure: null,
    parked: null,
  } as const;
}

function refundedBy(state: Payment, id: Refund['id'], facts: Partial<Refund>, at: Instant): Change {
  const refunds = patch(state.refunds, id, { ...succeeded(at), ...facts });
  const refunded = refunds.reduce((sum, each) => (each.status === 'succeeded' ? sum + each.amount.amount : sum), 0n);
  return {
    refunds,
    refunded,
    refundedAt: at,
    status: refunded === state.captured ? 'refunded' : 'partially_refunded',
  };
}

function parked(state: Payment, data: DataOf<'PaymentParked'>): Change {
  const { item, reason, answered, gatewayReference } = data;
  return patchItem(state, item, { status: 'parked', parked: { reason, answered }, gatewayReference });
}

function settled(state: Payment, data: DataOf<'PaymentSettled'>, at: Instant): Change {
  const { item, outcome, amount } = data;
  if (outcome === 'failed') {
    return {
      ...patchItem(state, item, failed(at, settledAsFailed)),
      ...(attemptUnderway(state)?.id === item.id ? { status: 'failed', failure: settledAsFailed, failedAt: at } : {}),
    };
  }
  if (item.kind === 'attempt') {
    return {
      ...patchItem(state, item, succeeded(at)),
      status: 'completed',
      captured: amount?.amount ?? state.amount.amount,
      failure: null,
      processedAt: at,
    };
  }
  return refundedBy(state, item.id, amount === null ? {} : { amount }, at);
}

function succeeded(at: Instant) {
  return { status: 'succeeded', resolvedAt: at, failure: null, parked: null } as const;
}

function failed(at: Instant, failure: Failure) {
  return { status: 'failed', resolvedAt: at, failure, parked: null } as const;
}

const settledAsFailed: Failure = Object.freeze({
  code: 'processing_error',
  declineCode: 'settled_as_failed',
  retryable: true,
});

function patchItem(
  state: Payment,
  item: Item,
  facts: Partial<Pick<Attempt, 'status' | 'resolvedAt' | 'gatewayReference' | 'failure' | 'parked'>>,
): Change {
  return item.kind === 'attempt'
    ? { attempts: patch<Attempt>(state.attempts, item.id, facts) }
    : { refunds: patch<Refund>(state.refunds, item.id, facts) };
}

function patch<T extends { readonly id: string }>(items: readonly T[], id: T['id'], facts: Partial<T>): readonly T[] {
  return items.map((each) => (each.id === id ? { ...each, ...facts } : each));
}
