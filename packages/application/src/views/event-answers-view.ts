// What the event log answers, on the wire: counts, trends, timelines and replays.

import type { EventCounts, Replay, TimelineEntry, Trend } from '../read/event-queries.ts';
import { eventView, type EventView } from './event-view.ts';
import { paymentView, type PaymentView } from './payment-view.ts';
import { wireInstant } from './wire-values.ts';

type ByType = Readonly<Partial<Record<string, number>>>;

export interface TrendView {
  readonly start: string;
  readonly count: number;
  readonly byType: ByType;
}

export interface EventCountsView {
  readonly count: number;
  readonly byType: ByType;
  readonly payments: number;
  readonly byHour: readonly { readonly start: string; readonly count: number }[];
  readonly byDay: readonly { readonly start: string; readonly count: number }[];
  readonly byActor: readonly { readonly actor: string; readonly count: number }[];
  readonly byPayment: readonly { readonly paymentId: string; readonly count: number }[];
}

/** `gap` is the milliseconds since the entry before. */
export interface TimelineEntryView {
  readonly timestamp: string;
  readonly paymentId: string;
  readonly version: number;
  readonly type: string;
  readonly text: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly gap: number;
}

export interface ReplayView {
  readonly events: number;
  readonly payments: number;
  readonly byType: ByType;
  readonly steps: readonly { readonly event: EventView; readonly payment: PaymentView }[];
}

export function trendView({ start, count, byType }: Trend): TrendView {
  return { start: wireInstant(start), count, byType };
}

export function eventCountsView({ byHour, byDay, ...counts }: EventCounts): EventCountsView {
  const { count, byType, payments, byActor, byPayment } = counts;
  return { count, byType, payments, byHour: byHour.map(slotView), byDay: byDay.map(slotView), byActor, byPayment };
}

export function timelineEntryView({ at, ...entry }: TimelineEntry): TimelineEntryView {
  const { paymentId, version, type, text, actor, correlationId, gap } = entry;
  return { timestamp: wireInstant(at), paymentId, version, type, text, actor, correlationId, gap };
}

export function replayView({ events, payments, byType, steps }: Replay): ReplayView {
  return {
    events,
    payments,
    byType,
    steps: steps.map(({ event, payment }) => ({ event: eventView(event), payment: paymentView(payment) })),
  };
}

function slotView({ start, count }: EventCounts['byHour'][number]) {
  return { start: wireInstant(start), count };
}
