// Multiplying money by an exact rate, such as a share or a tax.

import { money, type Money } from './money.ts';

/** An exact fraction: 19 % is `{ numerator: 19n, denominator: 100n }`. */
export interface Rate {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Multiplies and rounds half to even ("banker's rounding", IEEE 754 roundTiesToEven) to a whole minor unit, so that
 * many roundings do not drift.
 *
 * @throws RangeError where the denominator is not positive.
 */
export function multiply(factor: Money, rate: Rate): Money {
  if (rate.denominator <= 0n) throw new RangeError('the denominator of a rate is positive');
  return money(divideHalfEven(factor.amount * rate.numerator, rate.denominator), factor.currency);
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = abs(dividend % divisor) * 2n;
  const away = dividend < 0n ? -1n : 1n;
  if (twice > divisor) return quotient + away;
  if (twice < divisor) return quotient;
  return quotient % 2n === 0n ? quotient : quotient + away;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
