// What the tests read of the command's JSON.

import { z } from 'zod';
import { leeds } from './leeds-file.ts';

export const importReport = z.object({
  read: z.int(),
  imported: z.int(),
  alreadyThere: z.int(),
  rejected: z.int(),
  totals: z.array(z.object({ currency: z.string(), amount: z.string() })),
  rejections: z.array(z.strictObject({ line: z.int(), code: z.string(), message: z.string() })),
});

const { read, rejected, imported, total } = leeds;

/** What the first import of the Leeds file reports, and any after it. */
export const firstImport = { read, imported, alreadyThere: 0, rejected, totals: [{ currency: 'GBP', amount: total }] };
export const secondImport = {
  read,
  imported: 0,
  alreadyThere: imported,
  rejected,
  totals: [{ currency: 'GBP', amount: '0' }],
};

export const payment = z.looseObject({
  id: z.string(),
  status: z.string(),
  reference: z.string().nullable(),
  customer: z.object({ name: z.string().nullable() }).nullable(),
  version: z.int(),
});

export const listOfPayments = z.looseObject({
  data: z.array(payment),
  hasMore: z.boolean(),
  next: z.string().nullable(),
});

export const eventsOf = z.array(z.looseObject({ type: z.string(), version: z.int(), actor: z.string() }));

export const statistics = z.looseObject({ count: z.int(), totals: z.array(z.looseObject({ amount: z.string() })) });

export const createdKey = z.looseObject({ id: z.string(), key: z.string() });
