// One payment, now or as it was.

import { z } from 'zod';
import { parseInstant } from '../../read/parse-instant.ts';
import type { GetPayment } from '../../read/queries.ts';
import { paymentId } from '../fields.ts';
import { moment, wholeNumber } from './query-fields.ts';

const version = wholeNumber(1, 1_000_000);

export const getPaymentSchema = z.strictObject({
  type: z.literal('GetPayment'),
  paymentId,
  asOf: z
    .union([z.strictObject({ version }), z.strictObject({ instant: moment })])
    .nullable()
    .default(null),
}) satisfies z.ZodType<GetPayment>;

/** Reads what URLs and command lines say: a version such as `3`, else an instant; undefined where it is neither. */
export function parseAsOf(text: string): NonNullable<GetPayment['asOf']> | undefined {
  if (/^[1-9]\d{0,5}$/.test(text)) return { version: Number(text) };
  const instant = parseInstant(text);
  return instant === undefined ? undefined : { instant };
}
