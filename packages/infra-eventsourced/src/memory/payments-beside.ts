// The payments in memory, as the event store shows them: they have a log of their own, and one order with all else.

import {
  encodeEvent,
  PAYMENT_CATEGORY,
  parsePaymentId,
  type JsonObject,
  type RecordedEvent,
  type StreamEvent,
  type StreamEventFilter,
  type StreamName,
} from '@paystrata/application';
import type { MemoryStore } from '@paystrata/infra-inmemory';
import type { EventEnvelope } from './event-chunk.ts';
import { z } from 'zod';

/** Gives out positions to both. */
export type PaymentsBeside = Pick<MemoryStore, 'epoch' | 'position' | 'takePosition' | 'eventAt' | 'positionsOf'>;

/** Of a stream of the category `payment`. */
export function paymentPositions(
  payments: PaymentsBeside | null,
  { organizationId, id }: StreamName,
): readonly number[] {
  const paymentId = parsePaymentId(id);
  if (payments === null || paymentId === undefined) return [];
  return payments.positionsOf({ organizationId, paymentId });
}

const json = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
const storedSchema = z.object({ data: json });

/**
 * The event as a durable log has it, unchangeable. There what is personal is sealed; nothing is in memory, so it is
 * withheld.
 */
export function paymentEvent(event: RecordedEvent): StreamEvent {
  const { eventId, type, schemaVersion, actor, userId, correlationId, causationId, metadata, version, position } =
    event;
  const { data } = storedSchema.parse(JSON.parse(encodeEvent(event, () => 'withheld')));
  return deepFreeze({
    ...{ eventId, type, schemaVersion, timestamp: event.at, actor, userId, correlationId, causationId },
    ...{ data, metadata, stream: streamOf(event), version, position },
  });
}

/** What can be told of an event without its data. */
export function paymentEnvelope(event: RecordedEvent): EventEnvelope {
  return { stream: streamOf(event), type: event.type, timestamp: event.at, correlationId: event.correlationId };
}

/** False where the filter cannot hold, whatever is in the data. */
export function paymentMayMatch(event: RecordedEvent, filter: StreamEventFilter): boolean {
  const { organizationId, category, types, correlationId, from, to } = filter;
  if (organizationId !== undefined && organizationId !== event.organizationId) return false;
  if (category !== undefined && category !== PAYMENT_CATEGORY) return false;
  if (types !== undefined && !types.includes(event.type)) return false;
  if (correlationId !== undefined && correlationId !== event.correlationId) return false;
  return (from === undefined || event.at >= from) && (to === undefined || event.at < to);
}

function streamOf({ organizationId, paymentId }: RecordedEvent): StreamName {
  return { organizationId, category: PAYMENT_CATEGORY, id: paymentId };
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null && !Object.isFrozen(part)) deepFreeze(part as object);
  }
  return Object.freeze(value);
}
