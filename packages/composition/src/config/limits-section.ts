// What one payment and one client may ask for.

import { z } from 'zod';
import { setting } from './setting.ts';

const MAX_AMOUNT = 1_000_000_000_000;

export const limitsSection = z.strictObject({
  /** The cap on one payment, in minor units of its currency. */
  maxAmount: setting(
    z
      .int()
      .min(1)
      .default(MAX_AMOUNT)
      .transform((amount) => BigInt(amount)),
    { variable: null, may: 'be a whole number of minor units from 1 to 9007199254740991' },
  ),
  /** Requests a second that an API key may make in the long run; 0: as many as it likes. */
  ratePerSecond: setting(z.int().min(0).max(1_000_000).default(100), {
    variable: null,
    may: 'be a whole number from 0 (no limit) to 1000000',
  }),
  /** Requests that may come at once. */
  burst: setting(z.int().min(1).max(1_000_000).default(200), {
    variable: null,
    may: 'be a whole number from 1 to 1000000',
  }),
});
