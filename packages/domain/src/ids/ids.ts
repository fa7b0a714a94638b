// The identifiers of the payment world, each with the one constructor that validates it.

import type { Brand } from './brand.ts';

/** The tenant: a slug of 1 to 63 characters, `[a-z0-9][a-z0-9-]*`. */
export type OrganizationId = Brand<string, 'OrganizationId'>;
/** A lower-case UUID: version 8 where the payment has a reference, version 7 otherwise. */
export type PaymentId = Brand<string, 'PaymentId'>;
/** Identifies one intention to change a payment; a stream takes each command id once, for ever. */
export type CommandId = Brand<string, 'CommandId'>;
/** Identifies one attempt within its payment: `a1`, `a2`, … */
export type AttemptId = Brand<string, 'AttemptId'>;
/** Identifies one refund within its payment: `r1`, `r2`, … */
export type RefundId = Brand<string, 'RefundId'>;
/** The idempotency key under which money is moved at the gateway; never reused for another attempt or refund. */
export type GatewayKey = Brand<string, 'GatewayKey'>;
/** Whose personal data it is: the customer's id, else the payment's. Holds no personal data itself. */
export type SubjectId = Brand<string, 'SubjectId'>;

const organizationPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const tokenPattern = /^[\x21-\x7e]{1,255}$/;

/** @returns the id, or undefined where the text is not a slug. */
export function parseOrganizationId(text: string): OrganizationId | undefined {
  return organizationPattern.test(text) ? (text as OrganizationId) : undefined;
}

/** @returns the id in lower case, or undefined where the text is not a UUID. */
export function parsePaymentId(text: string): PaymentId | undefined {
  const lower = text.toLowerCase();
  return uuidPattern.test(lower) ? (lower as PaymentId) : undefined;
}

/** @returns the id, or undefined unless it is 1 to 255 visible ASCII characters. */
export function parseCommandId(text: string): CommandId | undefined {
  return tokenPattern.test(text) ? (text as CommandId) : undefined;
}

/** @returns the id, or undefined unless it is 1 to 255 visible ASCII characters. */
export function parseSubjectId(text: string): SubjectId | undefined {
  return tokenPattern.test(text) ? (text as SubjectId) : undefined;
}

/** @returns the id, or undefined unless it is `a` and a number from 1. */
export function parseAttemptId(text: string): AttemptId | undefined {
  return /^a[1-9][0-9]{0,3}$/.test(text) ? (text as AttemptId) : undefined;
}

/** @returns the id, or undefined unless it is `r` and a number from 1. */
export function parseRefundId(text: string): RefundId | undefined {
  return /^r[1-9][0-9]{0,3}$/.test(text) ? (text as RefundId) : undefined;
}

/** @returns the key, or undefined unless it is 1 to 255 visible ASCII characters. */
export function parseGatewayKey(text: string): GatewayKey | undefined {
  return tokenPattern.test(text) ? (text as GatewayKey) : undefined;
}

/**
 * The `ordinal`th attempt of a payment, counted from 1.
 *
 * @throws RangeError unless it is a whole number from 1 to 9,999.
 */
export function attemptIdOf(ordinal: number): AttemptId {
  return isOrdinal(ordinal) ? (`a${ordinal}` as AttemptId) : notAnOrdinal(ordinal);
}

/**
 * The `ordinal`th refund of a payment, counted from 1.
 *
 * @throws RangeError unless it is a whole number from 1 to 9,999.
 */
export function refundIdOf(ordinal: number): RefundId {
  return isOrdinal(ordinal) ? (`r${ordinal}` as RefundId) : notAnOrdinal(ordinal);
}

/**
 * The key of one attempt or refund at the gateway. It follows from the two ids, so that
 * whoever resumes after a crash uses the very same key and never moves the money twice.
 */
export function gatewayKeyOf(payment: PaymentId, item: AttemptId | RefundId): GatewayKey {
  return `${payment}:${item}` as GatewayKey;
}

function isOrdinal(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 9999;
}

function notAnOrdinal(ordinal: number): never {
  throw new RangeError(`not the number of an attempt or refund: ${ordinal}`);
}
