// Reads stored events: strictly, so that bad input never becomes half an event, and in today's shape.

import { paymentEventTypes, type PaymentEventType } from '@paystrata/domain';
import { PortFailure } from '../ports/failures.ts';
import type { PaymentKey, RecordedEvent } from './recorded-event.ts';
import { schemaVersionOf } from './schema-versions.ts';
import { storedEventSchemas } from './stored-event-schemas.ts';
import { upcast, upcasters, type StoredJson, type Upcasters } from './upcasters.ts';

/** A stored event of which only the envelope was looked at: enough to fetch the key of what is sealed in it. */
export interface StoredEvent {
  readonly position: number;
  readonly type: PaymentEventType;
  readonly schemaVersion: number;
  /** The sealed personal part; null where it is in the clear, erased, or there is none. */
  readonly sealed: string | null;
  readonly json: StoredJson;
}

/**
 * Opens what `SealPersonal` made.
 *
 * @returns the personal part, or null where its key was destroyed.
 * @throws PortFailure `STORE_DAMAGED` where the sealed text was changed, or belongs to another event.
 */
export type OpenPersonal = (sealed: string, event: StoredEvent) => unknown;

/**
 * The envelope of a stored event.
 *
 * @throws PortFailure `EVENT_TOO_NEW` where a newer release wrote it; `STORE_DAMAGED` where it is no event, naming its
 * stream, version and position and what is wrong.
 */
export function readStoredEvent(text: string, position: number): StoredEvent {
  return storedEventOf(parseObject(text, position), position);
}

/** As `readStoredEvent`, of what was parsed already. @throws as it does. */
export function storedEventOf(json: StoredJson, position: number): StoredEvent {
  const { type, schemaVersion, data } = json;
  if (!isEventType(type)) throw unknownType(json, position);
  if (typeof schemaVersion !== 'number' || !Number.isSafeInteger(schemaVersion) || schemaVersion < 0) {
    throw damaged(json, position, 'its schemaVersion is not a whole number from 0');
  }
  if (schemaVersion > schemaVersionOf(type)) throw tooNew(json, position, `${type} version ${schemaVersion}`);
  const personal = isObject(data) ? data['personal'] : undefined;
  return { position, type, schemaVersion, sealed: typeof personal === 'string' ? personal : null, json };
}

/**
 * The event itself, in the newest shape of its type. What is sealed must be opened: without `open` it is refused.
 *
 * @throws PortFailure `STORE_DAMAGED` as `readStoredEvent` does.
 */
export function openStoredEvent(
  stored: StoredEvent,
  open: OpenPersonal = refuseSealed,
  known: Upcasters = upcasters,
): RecordedEvent {
  const { type, position } = stored;
  const opened = stored.sealed === null ? stored.json : withPersonal(stored, open(stored.sealed, stored));
  const newest = schemaVersionOf(type);
  const current = stored.schemaVersion === newest ? opened : upcast(opened, type, stored.schemaVersion, newest, known);
  if (typeof current === 'number') throw damaged(opened, position, `there is no upcaster for ${type} ${current}`);
  const parsed = storedEventSchemas[type].safeParse(current);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw damaged(opened, position, `${issue?.path.map(String).join('.')}: ${issue?.message}`, parsed.error);
  }
  const event = parsed.data;
  if ('paymentId' in event.data && !belongs(event.data, event)) {
    throw damaged(opened, position, 'its data are those of another payment');
  }
  return Object.assign(event, { position });
}

/** Both steps, for text without sealed parts or with the means to open them at hand. @throws as they do. */
export function decodeEvent(text: string, position: number, open?: OpenPersonal): RecordedEvent {
  return openStoredEvent(readStoredEvent(text, position), open);
}

/** A failure that names the event as far as it can be read. */
function damaged(json: StoredJson, position: number, what: string, cause?: unknown): PortFailure {
  return new PortFailure('STORE_DAMAGED', `${nameOf(json, position)} is damaged: ${what}`, {
    cause,
    details: { position },
  });
}

const types: ReadonlySet<unknown> = new Set(paymentEventTypes);

function isEventType(value: unknown): value is PaymentEventType {
  return types.has(value);
}

function belongs(data: PaymentKey, event: PaymentKey): boolean {
  return data.paymentId === event.paymentId && data.organizationId === event.organizationId;
}

function isObject(value: unknown): value is StoredJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseObject(text: string, position: number): StoredJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw damaged({}, position, 'it is not JSON', cause);
  }
  if (!isObject(json)) throw damaged({}, position, 'it is not a JSON object');
  return json;
}

function withPersonal({ json }: StoredEvent, personal: unknown): StoredJson {
  return { ...json, data: { ...(isObject(json['data']) ? json['data'] : {}), personal } };
}

function refuseSealed(_sealed: string, stored: StoredEvent): never {
  throw damaged(stored.json, stored.position, 'its personal data is sealed, and there is nothing to open it with');
}

/** A type that looks like one of ours is one that a newer release has; anything else is damage. */
function unknownType(json: StoredJson, position: number): PortFailure {
  const { type } = json;
  const plausible = typeof type === 'string' && /^[A-Z][A-Za-z]{3,63}$/.test(type);
  return plausible ? tooNew(json, position, `the type ${type}`) : damaged(json, position, 'it has no type of ours');
}

function tooNew(json: StoredJson, position: number, what: string): PortFailure {
  return new PortFailure(
    'EVENT_TOO_NEW',
    `${nameOf(json, position)} is newer than this release, which does not know ${what}: run the release that wrote it`,
    { details: { position } },
  );
}

function nameOf(json: StoredJson, position: number): string {
  const { organizationId, paymentId, version } = json;
  if (typeof paymentId !== 'string') return `the event at position ${position}`;
  return `event ${String(version)} of payment ${String(organizationId)}/${paymentId} (position ${position})`;
}
