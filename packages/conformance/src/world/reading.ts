// Questions as cases ask them: only what matters, and always at least as fresh as what was written.

import type {
  PaymentDocument,
  PaymentFilter,
  RecordedEvent,
  SearchPage,
  SearchPayments,
  TimeRange,
} from '@paystrata/application';
import type { Payment, PaymentId } from '@paystrata/domain';
import { known } from './parsed.ts';
import type { World } from './world.ts';

export const always: TimeRange = Object.freeze({ from: null, to: null });

export const anyPayment: PaymentFilter = Object.freeze({
  statuses: [],
  currencies: [],
  minAmount: null,
  maxAmount: null,
  created: always,
  updated: always,
  processed: always,
  reference: null,
  customer: null,
  userId: null,
  workflowId: null,
  resourceId: null,
  metadata: {},
  text: null,
});

/** Null where there is no such payment. */
export async function find(world: World, paymentId: PaymentId): Promise<PaymentDocument | null> {
  return world.strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, await world.reading());
}

/** The payment, which must be there. */
export async function currentPayment(world: World, paymentId: PaymentId): Promise<Payment> {
  return known(await find(world, paymentId), `payment ${paymentId}`).payment;
}

/** What a case may say about a search. */
export type Asked = Partial<Omit<SearchPayments, 'type' | 'filter'>> & { readonly filter?: Partial<PaymentFilter> };

export function searchFor(asked: Asked): SearchPayments {
  return {
    type: 'SearchPayments',
    filter: { ...anyPayment, ...asked.filter },
    sort: asked.sort ?? { by: 'created', descending: true },
    limit: asked.limit ?? 100,
    cursor: asked.cursor ?? null,
    page: asked.page ?? null,
  };
}

export async function search(world: World, asked: Asked = {}): Promise<SearchPage> {
  return world.strategy.read.search(searchFor(asked), await world.reading());
}

/** The ids that a search finds, in its order. */
export async function searchIds(world: World, asked: Asked = {}): Promise<readonly PaymentId[]> {
  return idsOf(await search(world, asked));
}

export function idsOf(page: SearchPage): readonly PaymentId[] {
  return page.payments.map(({ payment }) => payment.id);
}

export async function history(world: World, paymentId: PaymentId, fromVersion = 1): Promise<readonly RecordedEvent[]> {
  return world.strategy.log.history({ type: 'PaymentHistory', paymentId, fromVersion }, await world.reading());
}
