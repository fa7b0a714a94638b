// Amounts as an engine can keep them: as digits to compare, and in parts that doubles add up exactly.

/** Digits of a part: 90 million of them add up below 2^53, which is as far as the engine's sums are exact. */
const BASE = 100_000_000n;
const PARTS = [0, 1, 2, 3] as const;
/** As many as a cursor may have. */
const DIGITS = 40;
const MOST = 10n ** BigInt(DIGITS) - 1n;

export const amountNames = ['amount', 'captured', 'refunded'] as const;
export type AmountName = (typeof amountNames)[number];

/** The fields of an amount's parts, the lowest first. */
export function partFields(name: AmountName): readonly string[] {
  return PARTS.map((part) => `${name}_${part}`);
}

/**
 * Without those that are 0: they add nothing, and each field of a document costs the engine time.
 *
 * @param amount not negative.
 */
export function partsOf(name: AmountName, amount: bigint): Readonly<Record<string, number>> {
  const parts: Record<string, number> = {};
  let rest = amount;
  for (const [index, field] of partFields(name).entries()) {
    const isLast = index === PARTS.length - 1;
    const part = Number(isLast ? rest : rest % BASE);
    if (part !== 0) parts[field] = part;
    rest /= BASE;
  }
  return parts;
}

/** @returns the amount that the sums of the parts come to; null where a sum may be off. */
export function amountFrom(sums: readonly number[]): bigint | null {
  if (!sums.every(Number.isSafeInteger)) return null;
  return sums.reduceRight((total, sum) => total * BASE + BigInt(sum), 0n);
}

/** As many digits for every amount, so that they sort as texts as the amounts do. */
export function amountDigits(amount: bigint): string {
  return (amount > MOST ? MOST : amount).toString().padStart(DIGITS, '0');
}
