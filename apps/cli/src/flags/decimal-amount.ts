// Amounts on the command line: decimals in the currency of the payment.

import { parseDecimal, type Currency } from '@paystrata/application';
import { UsageError } from '../errors/usage-error.ts';

/** Minor units. @throws UsageError that names the flag. */
export function readAmount(text: string, currency: Currency, flag: string): bigint {
  const amount = parseDecimal(text, currency);
  switch (amount) {
    case 'amount_missing':
    case 'amount_malformed':
      throw new UsageError(`${flag} "${text}" is not an amount`, 'write a decimal such as 129.99');
    case 'amount_too_precise':
      throw new UsageError(`${flag} "${text}" has more decimals than ${currency} has`);
    default:
      return amount.amount;
  }
}
