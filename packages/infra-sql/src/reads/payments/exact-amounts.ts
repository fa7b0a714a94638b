// Amounts in three columns, so that databases that add in 64 bits, or in doubles, still add exactly.

import { text, type Row } from '../../rows.ts';

/** Digits of the middle and of the low column: 900 million of them add up within 64 bits. */
const BASE = 10_000_000_000n;

/** `high` × 10^20 + `middle` × 10^10 + `low`; all three have the sign of the amount. */
export type Parts<Name extends string> = Readonly<Record<`${Name}_${'high' | 'middle' | 'low'}`, number>>;

/** The columns of an amount of up to 31 digits. */
export function partsOf<Name extends string>(name: Name, amount: bigint): Parts<Name> {
  const [high, middle, low] = splitAmount(amount);
  // The keys are those of the type.
  return { [`${name}_high`]: high, [`${name}_middle`]: middle, [`${name}_low`]: low } as Parts<Name>;
}

/** High, middle, low: amounts that are not negative sort as these do. */
export function splitAmount(amount: bigint): readonly [number, number, number] {
  const upper = amount / BASE;
  return [Number(upper / BASE), Number(upper % BASE), Number(amount % BASE)];
}

/** The amount that three sums, cast to text, come to. */
export function amountFrom(row: Row, name: string): bigint {
  const [high, middle, low] = [`${name}_high`, `${name}_middle`, `${name}_low`].map((column) =>
    BigInt(text(row, column)),
  );
  return ((high ?? 0n) * BASE + (middle ?? 0n)) * BASE + (low ?? 0n);
}
