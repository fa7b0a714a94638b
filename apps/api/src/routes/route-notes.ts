// What the routes of one kind have in common in the API's document.

import { z } from 'zod';

/** The id in the address. One that is no UUID names no payment: it is answered like one that is not there. */
export const paymentParams = z.strictObject({
  id: z.string().meta({ format: 'uuid', description: "The payment's id." }),
});

/** No query at all: an unknown parameter is a mistake. */
export const noQuery = z.strictObject({});

export const tags = {
  payments: 'Payments',
  commands: 'Commands',
  reports: 'Reports',
  events: 'Events',
  storage: 'Storage',
  operation: 'Operation',
} as const;
