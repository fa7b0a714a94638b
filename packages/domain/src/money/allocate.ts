// Splitting money so that nothing is lost: the parts always add up to the whole.

import { money, type Money } from './money.ts';

/**
 * Splits by ratios with the method of the largest remainder: each part is rounded towards zero, then the units that are
 * left go one by one to the parts with the largest remainders, ties to the earlier part.
 *
 * The parts add up exactly, keep the order of the ratios and have the sign of the whole. A ratio of 0 gets nothing.
 *
 * @throws RangeError where there is no ratio, one is negative, or all are 0.
 */
export function allocate(whole: Money, ratios: readonly bigint[]): readonly Money[] {
  const sum = ratios.reduce((total, ratio) => total + ratio, 0n);
  if (ratios.some((ratio) => ratio < 0n) || sum === 0n) {
    throw new RangeError('ratios are whole numbers from 0, at least one of them positive');
  }
  const sign = whole.amount < 0n ? -1n : 1n;
  const magnitude = whole.amount * sign;
  const shares = ratios.map((ratio, index) => {
    const product = magnitude * ratio;
    return { index, floor: product / sum, remainder: product % sum };
  });
  let left = magnitude - shares.reduce((total, share) => total + share.floor, 0n);
  const parts = shares.map((share) => share.floor);
  for (const share of [...shares].sort(byLargestRemainder)) {
    if (left === 0n) break;
    parts[share.index] = share.floor + 1n;
    left -= 1n;
  }
  return parts.map((part) => money(part * sign, whole.currency));
}

/** Sorting is stable, so that ties stay in the order of the ratios. */
function byLargestRemainder(a: { remainder: bigint }, b: { remainder: bigint }): number {
  if (a.remainder === b.remainder) return 0;
  return a.remainder > b.remainder ? -1 : 1;
}
