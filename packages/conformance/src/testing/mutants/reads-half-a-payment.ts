// Leaves out of a payment that is read what does not fit one column.

import type { Mutant } from './mutant.ts';

export const readsHalfAPayment: Mutant = {
  name: 'keeps one resource of a payment only',
  breaks: 'get-payment',
  read: (read) => ({
    get: async (query, context) => {
      const document = await read.get(query, context);
      if (document === null) return null;
      const { payment } = document;
      return { ...document, payment: { ...payment, resourceIds: payment.resourceIds.slice(0, 1) } };
    },
  }),
};
