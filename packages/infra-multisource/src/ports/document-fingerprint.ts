// What sources are compared by: a number from all that a document says.

import { hash } from 'node:crypto';
import { canonicalJson, type PaymentDocument } from '@paystrata/application';

/** The same for equal documents, in whatever order whoever made them put their keys. Unsigned, of 32 bits. */
export function fingerprintOf(document: PaymentDocument): number {
  return Number.parseInt(hash('md5', canonicalDocument(document), 'hex').slice(0, 8), 16);
}

/**
 * The text that `canonicalJson` gives, in a fifth of the time: the keys of a payment are sorted here. Ids, statuses and
 * currencies have no character that JSON escapes; a subject is a caller's.
 */
export function canonicalDocument({ payment, position }: PaymentDocument): string {
  const { amount, createdAt, failedAt, id, imported, organizationId, processedAt } = payment;
  const { refundedAt, size, status, updatedAt, version } = payment;
  const money = `"amount":{"amount":${amount.amount}n,"currency":"${amount.currency}"}`;
  const sums = `"captured":${payment.captured}n,"createdAt":${createdAt},"failedAt":${failedAt}`;
  const about = `"id":"${id}","imported":${imported},"organizationId":"${organizationId}"`;
  const back = `"refunded":${payment.refunded}n,"refundedAt":${refundedAt}`;
  return (
    `{"payment":{${money},"attempts":${listOf(payment.attempts)},${sums},` +
    `"failure":${payment.failure === null ? 'null' : canonicalJson(payment.failure)},${about},` +
    `"personal":${personalOf(payment.personal)},"personalErased":${payment.personalErased},` +
    `"processedAt":${processedAt},"reference":${JSON.stringify(payment.reference)},${back},` +
    `"refunds":${listOf(payment.refunds)},"resourceIds":${JSON.stringify(payment.resourceIds)},` +
    `"size":${size},"status":"${status}","subject":${JSON.stringify(payment.subject)},"updatedAt":${updatedAt},` +
    `"userId":${JSON.stringify(payment.userId)},"version":${version},` +
    `"workflowId":${JSON.stringify(payment.workflowId)}},"position":${position}}`
  );
}

function personalOf({ customer, description, metadata }: PaymentDocument['payment']['personal']): string {
  const who =
    customer === null ? 'null' : `{"email":${JSON.stringify(customer.email)},"name":${JSON.stringify(customer.name)}}`;
  return `{"customer":${who},"description":${JSON.stringify(description)},"metadata":${canonicalJson(metadata)}}`;
}

function listOf(items: readonly object[]): string {
  return items.length === 0 ? '[]' : canonicalJson(items);
}
