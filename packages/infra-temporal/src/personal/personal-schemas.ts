// What a sealed part holds: all that is personal in a new payment, or what an update asks for.

import { z } from 'zod';

const text = z.string().nullable();
const customer = z.strictObject({ name: text, email: text });

export const wholeSchema = z.strictObject({
  customer: customer.nullable(),
  description: text,
  metadata: z.record(z.string(), z.string()),
});

export const patchSchema = z.strictObject({
  customer: z.strictObject({ name: text.exactOptional(), email: text.exactOptional() }).nullable().exactOptional(),
  description: text.exactOptional(),
  metadata: z.record(z.string(), text).exactOptional(),
});
