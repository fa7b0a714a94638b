// Adds up in floating point numbers.

import type { Mutant } from './mutant.ts';

const float = (amount: bigint): bigint => BigInt(Number(amount));

export const addsUpInFloats: Mutant = {
  name: 'adds up in floating point numbers',
  breaks: 'exact-totals',
  read: (read) => ({
    statistics: async (query, context) => {
      const found = await read.statistics(query, context);
      const totals = found.totals.map((total) => ({
        ...total,
        amount: float(total.amount),
        captured: float(total.captured),
        refunded: float(total.refunded),
      }));
      return { ...found, totals };
    },
  }),
};
