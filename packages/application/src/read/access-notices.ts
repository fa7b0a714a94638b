// Access notices: who looks at payments is told to those who listen, and never written to the log.

import type { OrganizationId, PaymentId } from '@paystrata/domain';
import type { ReadContext, ReadModel } from '../ports/read-model.ts';
import type { GetPayment, PaymentAnalytics, PaymentStatistics, SearchPayments, SuggestPayments } from './queries.ts';

export interface AccessNotice {
  readonly organizationId: OrganizationId;
  readonly query: GetPayment | SearchPayments | SuggestPayments | PaymentStatistics | PaymentAnalytics;
  /** Payments that were shown, at most a page of them; none where numbers only were. */
  readonly paymentIds: readonly PaymentId[];
}

/** Hears of reads that were answered: to keep warm what is asked often, and to audit access. Must not throw. */
export type AccessListener = (notice: AccessNotice) => void;

/** The read model, with every answer to an organization told to the listener; what it has beside the port stays. */
export function noticingReads<Reads extends ReadModel>(read: Reads, listener: AccessListener): Reads {
  const counted =
    <Query extends AccessNotice['query'], Answer>(ask: (query: Query, context: ReadContext) => Promise<Answer>) =>
    async (query: Query, context: ReadContext): Promise<Answer> => {
      const answer = await ask(query, context);
      listener({ organizationId: context.organizationId, query, paymentIds: [] });
      return answer;
    };
  return {
    ...read,
    get: async (query, context) => {
      const document = await read.get(query, context);
      const paymentIds = document === null ? [] : [document.payment.id];
      listener({ organizationId: context.organizationId, query, paymentIds });
      return document;
    },
    search: async (query, context) => {
      const page = await read.search(query, context);
      const paymentIds = page.payments.map(({ payment }) => payment.id);
      listener({ organizationId: context.organizationId, query, paymentIds });
      return page;
    },
    suggestions: counted((query, context) => read.suggestions(query, context)),
    statistics: counted((query, context) => read.statistics(query, context)),
    analytics: counted((query, context) => read.analytics(query, context)),
  };
}
