// Payments as entries of the journal.

import {
  PAYMENT_CATEGORY,
  PortFailure,
  type CommitEntry,
  type PaymentKey,
  type SealedEntry,
  type StreamName,
} from '@paystrata/application';
import type { JournalEntry } from './journal.ts';

export function streamOf({ organizationId, paymentId }: PaymentKey): StreamName {
  return { organizationId, category: PAYMENT_CATEGORY, id: paymentId };
}

/** A command is known again by its id, which stands on its last event. */
export function journalEntry(
  entry: CommitEntry,
  { events, state, sealed, keepSealed, erased }: SealedEntry,
): JournalEntry {
  const last = events.length - 1;
  return {
    stream: streamOf(entry),
    expected: entry.expectedVersion,
    events: events.map((text, index) => ({ id: index === last ? entry.commandId : null, text })),
    document: { subject: entry.payment.subject, state, sealed, keepSealed },
    erased,
  };
}

/** The database takes every entry that the tables allow: one that it refuses does not go with what is stored. */
export function refused({ organizationId, paymentId }: CommitEntry, cause: unknown): PortFailure {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PortFailure(
    'STORE_DAMAGED',
    `payment ${organizationId}/${paymentId}: the database refuses the entry, nothing of it was stored: ${why}`,
    { cause },
  );
}
