// Rows of the journal's tables, which are the same in both databases, and what the databases are told of entries.

import { PortFailure, type ExpectedVersion } from '@paystrata/application';
import { parseOrganizationId, parseSubjectId } from '@paystrata/domain';
import { bytes, integer, integerOrNull, text, textOrNull, type Row } from '../rows.ts';
import type { Erasure, EventRow, JournalStreamPage, SealedSnapshot, StoredDocument } from './journal.ts';

/** Versions are 0 or more; what is no version is below. */
export function expectedNumber(expected: ExpectedVersion): number {
  switch (expected) {
    case 'any':
      return -1;
    case 'streamExists':
      return -2;
    case 'noStream':
      return 0;
    default:
      return expected;
  }
}

export function eventOf(row: Row): EventRow {
  const organizationId = parseOrganizationId(text(row, 'organization'));
  if (organizationId === undefined) throw damaged('events', 'an organization');
  return {
    stream: { organizationId, category: text(row, 'category'), id: text(row, 'name') },
    position: integer(row, 'position'),
    version: integer(row, 'version'),
    text: textOrNull(row, 'text'),
    chain: bytes(row, 'chain'),
    segment: integerOrNull(row, 'segment'),
  };
}

/** Of a row of `streams`; null where the stream has none. */
export function documentOf(row: Row): StoredDocument | null {
  const state = textOrNull(row, 'state');
  if (state === null) return null;
  return {
    subject: text(row, 'subject'),
    state,
    sealed: textOrNull(row, 'sealed'),
    position: integer(row, 'position'),
  };
}

export function sealedOf(row: Row): SealedSnapshot | null {
  const document = documentOf(row);
  const organizationId = parseOrganizationId(text(row, 'organization'));
  if (organizationId === undefined) throw damaged('streams', 'an organization');
  if (document === null || document.sealed === null) return null;
  const stream = { organizationId, category: text(row, 'category'), id: text(row, 'name') };
  return { ...document, sealed: document.sealed, stream };
}

interface StreamRows extends Omit<JournalStreamPage, 'events'> {
  readonly events: readonly EventRow[];
}

/** A row an event; one without where there is none, and no row where there is no stream. */
export function streamPageOf(rows: readonly Row[]): StreamRows {
  const [first] = rows;
  if (first === undefined) return { events: [], streamVersion: 0 };
  const events = first['position'] === null ? [] : rows.map(eventOf);
  return { events, streamVersion: integer(first, 'stream_version') };
}

export function erasureOf(row: Row): Erasure {
  const organizationId = parseOrganizationId(text(row, 'organization'));
  const subject = parseSubjectId(text(row, 'subject'));
  if (organizationId === undefined || subject === undefined) throw damaged('erasures', 'a subject');
  return { id: integer(row, 'id'), organizationId, subject, keyId: textOrNull(row, 'key') };
}

function damaged(table: string, what: string): PortFailure {
  return new PortFailure('STORE_DAMAGED', `the table ${table} holds ${what} that is none`);
}
