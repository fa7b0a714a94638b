// Ids and currencies of cases, through the constructors of the domain.

import {
  parseCommandId,
  parseCurrency,
  parseOrganizationId,
  parsePaymentId,
  parseSubjectId,
  type CommandId,
  type Currency,
  type OrganizationId,
  type PaymentId,
  type SubjectId,
} from '@paystrata/domain';

export const organizationIdOf = (text: string): OrganizationId => known(parseOrganizationId(text), text);
export const paymentIdOf = (text: string): PaymentId => known(parsePaymentId(text), text);
export const commandIdOf = (text: string): CommandId => known(parseCommandId(text), text);
export const subjectIdOf = (text: string): SubjectId => known(parseSubjectId(text), text);
export const currencyOf = (text: string): Currency => known(parseCurrency(text), text);

/** The value, where the case knows that there is one. */
export function known<T>(value: T | null | undefined, what = 'a value'): T {
  if (value === null || value === undefined) throw new Error(`the case expected ${what} here`);
  return value;
}
