// Lists on the wire: one shape for payments and events.

import type { CappedCount, SearchPage, Suggestion } from '../read/answers.ts';
import type { EventPage } from '../read/event-queries.ts';
import { eventView, type EventView } from './event-view.ts';
import { paymentView, type PaymentView } from './payment-view.ts';

/** `next` is the cursor of the next page; `total.value` is exact unless it is capped. */
export interface ListView<Item> {
  readonly data: readonly Item[];
  readonly hasMore: boolean;
  readonly next: string | null;
  readonly total: CappedCount;
}

export interface SuggestionView {
  readonly text: string;
  readonly field: string;
  readonly count: number;
}

export function paymentListView({ payments, hasMore, next, total }: SearchPage): ListView<PaymentView> {
  return { data: payments.map(({ payment }) => paymentView(payment)), hasMore, next, total };
}

export function eventListView({ events, hasMore, next, total }: EventPage): ListView<EventView> {
  return { data: events.map(eventView), hasMore, next, total };
}

/** A list that has one page. */
export function wholeListView<Item>(data: readonly Item[]): ListView<Item> {
  return { data, hasMore: false, next: null, total: { value: data.length, capped: false } };
}

export function suggestionView({ text, field, count }: Suggestion): SuggestionView {
  return { text, field, count };
}
