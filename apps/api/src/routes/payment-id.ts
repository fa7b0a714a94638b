// The payment that an address names.

import { parsePaymentId, type PaymentId, type RejectionCode } from '@paystrata/application';
import { Refused } from '../problems/refused.ts';

/** @throws Refused `payment_not_found` where it is no id at all. */
export function paymentIdOf(text: string): PaymentId {
  return parsePaymentId(text) ?? refuse('payment_not_found', 'there is no such payment');
}

/** Also where the payment is another organization's: nobody learns that it exists. */
export function notFound(): never {
  return refuse('payment_not_found', 'there is no such payment');
}

/** @throws Refused `payment_deleted` */
export function gone(): never {
  return refuse('payment_deleted', 'the payment is deleted; only its history can be read');
}

function refuse(code: RejectionCode, message: string): never {
  throw new Refused({ code, message, param: null, details: {} });
}
