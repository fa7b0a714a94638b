// The fields that messages share, from what JSON can say to what the domain takes.

import { instantOf, parseCurrency, parsePaymentId, parseSubjectId } from '@paystrata/domain';
import { z } from 'zod';

/** What no store, header or log can be trusted to carry unharmed: NUL and halves of surrogate pairs. */
function isCarriable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0');
}

/** Any text; the domain knows how long it may be. */
export const text = z.string().refine(isCarriable, 'must be well-formed Unicode without NUL');

/** As `text`, but not empty. */
export const label = text.min(1, 'must not be empty');

const wholeNumber = 'must be a whole number of minor units, at most 9007199254740991';

/** Minor units: a JSON integer up to 2^53 − 1, or a bigint in process. Whether it is positive is for the domain to say. */
export const minorUnits = z.union([z.int(wholeNumber), z.bigint()], wholeNumber).transform((value) => BigInt(value));

function parsed<Value>(parse: (value: string) => Value | undefined, message: string) {
  return z.string().transform((value, context) => {
    const result = parse(value);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

export const currency = parsed(
  parseCurrency,
  'must be the upper-case ISO 4217 code of a currency in circulation, such as EUR',
);
export const paymentId = parsed(parsePaymentId, 'must be a UUID');
export const subjectId = parsed(parseSubjectId, 'must be 1 to 255 visible ASCII characters');

/** RFC 3339 with an offset or Z, to the millisecond. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 instant such as 2026-01-31T12:00:00Z' })
  .transform((value, context) => {
    const milliseconds = Date.parse(value);
    if (!Number.isNaN(milliseconds)) return instantOf(milliseconds);
    context.addIssue({ code: 'custom', message: 'must be a date that exists' });
    return z.NEVER;
  });

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const metadataKey = label.refine((key) => !forbiddenKeys.has(key), 'is not allowed as a key');

export const metadata = z.record(metadataKey, text);
/** Null removes a key. */
export const metadataPatch = z.record(metadataKey, text.nullable());

/** How to pay, in the gateway's terms: short and without spaces, so that nobody puts a card number's words in it. */
export const method = z
  .string()
  .regex(/^[A-Za-z0-9][\w.:-]{0,99}$/, 'must be the name of a method or token, such as test_approve');
