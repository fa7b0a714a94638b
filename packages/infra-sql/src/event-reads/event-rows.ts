// Events as rows keep them, and what they are found by.

import {
  encodeEvent,
  eventTexts,
  openStoredEvent,
  PortFailure,
  readStoredEvent,
  tokensOf,
  type RecordedEvent,
} from '@paystrata/application';
import type { RowOf } from '../reads/database/table.ts';
import { integer, text, textOrNull, type Row } from '../rows.ts';
import type { events } from './event-tables.ts';

export type EventRow = RowOf<typeof events>;

/** Stands in the stored text where the personal part was. */
const ELSEWHERE = 'elsewhere';

export function eventRow(event: RecordedEvent): EventRow {
  let personal: string | null = null;
  const stored = encodeEvent(event, (part) => {
    personal = JSON.stringify(part);
    return ELSEWHERE;
  });
  const subject = personal !== null && 'subject' in event.data ? event.data.subject : null;
  return {
    position: event.position,
    organization: event.organizationId,
    payment: event.paymentId,
    type: event.type,
    at: event.at,
    actor: event.actor,
    correlation: event.correlationId,
    event: stored,
    subject,
    personal,
  };
}

/** @throws PortFailure `STORE_DAMAGED` */
export function eventOf(row: Row): RecordedEvent {
  const personal = textOrNull(row, 'personal');
  const stored = readStoredEvent(text(row, 'event'), integer(row, 'position'));
  return openStoredEvent(stored, () => (personal === null ? null : parsed(personal, stored.position)));
}

/** The words that an event is found by. */
export function eventWords(event: RecordedEvent): ReadonlySet<string> {
  return new Set(tokensOf(eventTexts(event)));
}

function parsed(json: string, position: number): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const message = `the personal part of the event at ${position} cannot be read: rebuild the read model`;
    throw new PortFailure('STORE_DAMAGED', message, { cause });
  }
}
