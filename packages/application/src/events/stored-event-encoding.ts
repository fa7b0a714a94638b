// Writes an event as the very text that is stored, and later hashed: compact JSON with a fixed order of keys.

import type { DataOf, Failure, Item, PersonalData, PersonalDataChange } from '@paystrata/domain';
import type { PendingEvent } from './recorded-event.ts';
import { storedMoney } from './stored-fields.ts';

/** Seals the personal part of an event. Called only where there is something personal in it. */
export type SealPersonal = (personal: PersonalData | PersonalDataChange, event: PendingEvent) => string;

/**
 * The text of an event, without its position, which is known only once it is stored. Instants are whole milliseconds,
 * amounts decimal strings. Without `seal`, personal data is written in the clear: for exports to whom it belongs.
 */
export function encodeEvent(event: PendingEvent, seal?: SealPersonal): string {
  return JSON.stringify({
    eventId: event.eventId,
    type: event.type,
    schemaVersion: event.schemaVersion,
    organizationId: event.organizationId,
    paymentId: event.paymentId,
    version: event.version,
    at: event.at,
    actor: event.actor,
    userId: event.userId,
    correlationId: event.correlationId,
    causationId: event.causationId,
    commandId: event.commandId,
    metadata: event.metadata,
    data: storedData(event, seal),
  });
}

/** True where nothing in it could identify a person: such data needs no key. */
export function isImpersonal(personal: PersonalDataChange): boolean {
  const { customer, description, metadata } = personal;
  if ((customer?.name ?? null) !== null || (customer?.email ?? null) !== null) return false;
  return (description ?? null) === null && (metadata === undefined || Object.keys(metadata).length === 0);
}

function storedData(event: PendingEvent, seal: SealPersonal | undefined): object {
  switch (event.type) {
    case 'PaymentCreated':
    case 'PaymentImported':
      return { ...storedTerms(event.data), ...storedPersonal(event, event.data, seal) };
    case 'PaymentUpdated':
      return { ...storedUpdate(event.data), ...storedPersonal(event, event.data, seal) };
    case 'PaymentProcessingStarted': {
      const { attemptId, gatewayKey, method, amount } = event.data;
      return { attemptId, gatewayKey, method, amount: storedMoney(amount) };
    }
    case 'PaymentProcessed': {
      const { attemptId, captured, gatewayReference } = event.data;
      return { attemptId, captured: storedMoney(captured), gatewayReference };
    }
    case 'PaymentFailed':
      return { attemptId: event.data.attemptId, failure: storedFailure(event.data.failure) };
    case 'RefundRequested': {
      const { refundId, gatewayKey, amount, reason } = event.data;
      return { refundId, gatewayKey, amount: storedMoney(amount), reason };
    }
    case 'PaymentRefunded': {
      const { refundId, amount, gatewayReference } = event.data;
      return { refundId, amount: storedMoney(amount), gatewayReference };
    }
    case 'RefundFailed':
      return { refundId: event.data.refundId, failure: storedFailure(event.data.failure) };
    case 'PaymentParked': {
      const { item, reason, answered, gatewayReference } = event.data;
      return { item: storedItem(item), reason, answered: answered && storedMoney(answered), gatewayReference };
    }
    case 'PaymentSettled': {
      const { item, outcome, amount, reason } = event.data;
      return { item: storedItem(item), outcome, amount: amount && storedMoney(amount), reason };
    }
    case 'PaymentCancelled':
    case 'PaymentDeleted':
      return { reason: event.data.reason };
    case 'PersonalDataErased':
      return { subject: event.data.subject };
  }
}

function storedTerms(data: DataOf<'PaymentCreated'>): object {
  return {
    paymentId: data.paymentId,
    organizationId: data.organizationId,
    amount: storedMoney(data.amount),
    reference: data.reference,
    userId: data.userId,
    workflowId: data.workflowId,
    resourceIds: data.resourceIds,
    createdAt: data.createdAt,
    subject: data.subject,
  };
}

function storedUpdate(data: DataOf<'PaymentUpdated'>): object {
  return { amount: data.amount && storedMoney(data.amount), reopened: data.reopened, subject: data.subject };
}

type Personal = PersonalData | PersonalDataChange | null;

function storedPersonal(
  event: PendingEvent,
  { personal, personalSize }: { readonly personal: Personal; readonly personalSize: number },
  seal: SealPersonal | undefined,
): object {
  if (personal === null) return { personal, personalSize };
  if (seal !== undefined && !isImpersonal(personal)) return { personal: seal(personal, event), personalSize };
  return { personal: orderedPersonal(personal), personalSize };
}

/** The same data with its keys in the order of the schema; what a change does not name stays out. */
export function orderedPersonal(personal: PersonalDataChange): PersonalDataChange {
  const { customer, description, metadata } = personal;
  return {
    ...(customer === undefined ? {} : { customer: customer && { name: customer.name, email: customer.email } }),
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function storedItem({ kind, id }: Item): object {
  return { kind, id };
}

export function storedFailure({ code, declineCode, retryable }: Failure): object {
  return { code, declineCode, retryable };
}
