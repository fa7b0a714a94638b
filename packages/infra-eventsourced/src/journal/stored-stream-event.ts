// The text of an event of any stream, as the journal keeps and hashes it.

import {
  decodeEvent,
  encodeEvent,
  instantOf,
  PAYMENT_CATEGORY,
  PortFailure,
  readStoredEvent,
  streamText,
  type JsonObject,
  type NewEvent,
  type PersonalVault,
  type StreamEvent,
  type StreamName,
} from '@paystrata/application';
import type { JournalEvent } from '@paystrata/infra-sql';
import { z } from 'zod';

const text = z.string();
const instant = z
  .custom<number>((value) => typeof value === 'number' && Number.isSafeInteger(value))
  .transform(instantOf);
const json = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

/** Payments' events have these fields too, and some more. */
const storedSchema = z.object({
  eventId: text,
  type: text,
  schemaVersion: z.int().min(1),
  at: instant,
  actor: text,
  userId: text.nullable(),
  correlationId: text,
  causationId: text.nullable(),
  metadata: z.record(text, text),
  data: json,
});

/** Compact JSON with a fixed order of keys; the stream is in it, so that no event passes for one of another stream. */
export function encodeStreamEvent({ organizationId, category, id }: StreamName, event: NewEvent): string {
  const { eventId, type, schemaVersion, timestamp, actor, userId, correlationId, causationId, metadata, data } = event;
  return JSON.stringify({
    ...{ eventId, type, schemaVersion, organizationId, category, stream: id, at: timestamp },
    ...{ actor, userId, correlationId, causationId, metadata, data },
  });
}

/**
 * The event as it was appended, unchangeable. What is personal in a payment's event is open with a vault, else sealed.
 *
 * @throws PortFailure `STORE_DAMAGED`; for a payment's event also `EVENT_TOO_NEW`
 */
export async function decodeStreamEvent(stored: JournalEvent, vault: PersonalVault | null): Promise<StreamEvent> {
  const { stream, version, position } = stored;
  const found = stream.category === PAYMENT_CATEGORY ? await paymentJson(stored, vault) : ownJson(stored);
  const parsed = storedSchema.safeParse(found);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw damaged(stored, `${issue?.path.map(String).join('.')}: ${issue?.message}`, parsed.error);
  }
  const { at, ...event } = parsed.data;
  return deepFreeze({ ...event, timestamp: at, stream, version, position });
}

function ownJson(stored: JournalEvent): unknown {
  const found = parse(stored);
  const { organizationId, category, id } = stored.stream;
  const isHere = found['organizationId'] === organizationId && found['category'] === category && found['stream'] === id;
  if (!isHere) throw damaged(stored, 'it is that of another stream');
  return found;
}

async function paymentJson(stored: JournalEvent, vault: PersonalVault | null): Promise<unknown> {
  const { sealed } = readStoredEvent(stored.text, stored.position);
  if (sealed === null) return parse({ ...stored, text: encodeEvent(decodeEvent(stored.text, stored.position)) });
  if (vault === null) return parse(stored);
  const [event] = await vault.openEvents([stored]);
  return event === undefined ? undefined : parse({ ...stored, text: encodeEvent(event) });
}

function parse(stored: JournalEvent): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(stored.text));
  } catch (cause) {
    throw damaged(stored, 'it is not a JSON object', cause);
  }
}

function damaged({ stream, version, position }: JournalEvent, what: string, cause?: unknown): PortFailure {
  return new PortFailure('STORE_DAMAGED', `event ${version} of ${streamText(stream)} is damaged: ${what}`, {
    cause,
    details: { position },
  });
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part as object);
  return Object.freeze(value);
}
