// The fields that stored events and stored payments share, as JSON holds them.

import {
  failureCodes,
  instantOf,
  parseAttemptId,
  parseCommandId,
  parseCurrency,
  parseGatewayKey,
  parseOrganizationId,
  parsePaymentId,
  parseRefundId,
  parseSubjectId,
  type Instant,
  type Money,
} from '@paystrata/domain';
import { z } from 'zod';

/** A text that a constructor of the domain takes as it is. `custom` is several times faster here than a transform. */
function branded<Value extends string>(parse: (text: string) => Value | undefined, what: string) {
  return z.custom<Value>((value) => typeof value === 'string' && parse(value) === value, `is not ${what}`);
}

export const organizationId = branded(parseOrganizationId, 'an organization id');
export const paymentId = branded(parsePaymentId, 'a payment id');
export const commandId = branded(parseCommandId, 'a command id');
export const subjectId = branded(parseSubjectId, 'a subject id');
export const attemptId = branded(parseAttemptId, 'an attempt id');
export const refundId = branded(parseRefundId, 'a refund id');
export const gatewayKey = branded(parseGatewayKey, 'a gateway key');
const currency = branded(parseCurrency, 'a currency');

export const text = z.string();
export const textOrNull = z.string().nullable();
export const texts = z.record(z.string(), z.string());

/** A whole number from 0 that a double holds exactly. */
export const count = z.custom<number>(
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  'is not a whole number from 0',
);

/** Whole milliseconds since 1970: as short as it gets, and nothing to parse. */
export const instant = z.custom<Instant>(isInstant, 'is not an instant in whole milliseconds');
export const instantOrNull = instant.nullable();

function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'number') return false;
  try {
    return instantOf(value) === value;
  } catch {
    return false;
  }
}

/** Minor units as a decimal string: JSON numbers are doubles to most readers. */
export const minorUnits = z
  .string()
  .regex(/^(0|-?[1-9][0-9]{0,30})$/, 'is not a whole number as a decimal string')
  .transform((digits) => BigInt(digits));

export const money = z.object({ amount: minorUnits, currency });
export const moneyOrNull = money.nullable();

/** As `money` reads it. */
export function storedMoney(value: Money): { amount: string; currency: string } {
  return { amount: value.amount.toString(), currency: value.currency };
}

export const failure = z.object({ code: z.enum(failureCodes), declineCode: textOrNull, retryable: z.boolean() });

export const parkReason = z.enum(['unknown_outcome', 'amount_mismatch', 'late_approval']);

const customer = z.object({ name: textOrNull, email: textOrNull });

export const personalData = z.object({
  customer: customer.nullable(),
  description: textOrNull,
  metadata: texts,
});

export const personalDataChange = z.object({
  customer: customer.nullable().exactOptional(),
  description: textOrNull.exactOptional(),
  metadata: texts.exactOptional(),
});
