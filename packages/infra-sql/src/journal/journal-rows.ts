// Rows of the journal's tables, which are the same in both databases.

import { PortFailure } from '@paystrata/application';
import { parseOrganizationId, parseSubjectId } from '@paystrata/domain';
import { integer, text, type Row } from '../rows.ts';
import type { Erasure, JournalEvent } from './journal.ts';

export function eventOf(row: Row): JournalEvent {
  return { position: integer(row, 'position'), text: text(row, 'text') };
}

export function erasureOf(row: Row): Erasure {
  const organizationId = parseOrganizationId(text(row, 'organization'));
  const subject = parseSubjectId(text(row, 'subject'));
  if (organizationId === undefined || subject === undefined) {
    throw new PortFailure('STORE_DAMAGED', 'the table erasures holds a subject that is none');
  }
  return { organizationId, subject };
}
