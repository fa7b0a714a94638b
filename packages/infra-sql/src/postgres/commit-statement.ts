// The statement that commits a batch: one message of the simple protocol, so that it is one transaction by itself.

import { randomBytes } from 'node:crypto';
import type { JournalEntry } from '../journal/journal.ts';

/**
 * With bound parameters the driver would send `Execute` and `Sync` apart, and the transaction would end at `Sync`: a
 * client stopped between the two would hold the lock of the log. So the batch is a literal, in dollar quotes, in which
 * nothing is escaped; their tag is random and checked, so no text can end the literal.
 */
export function commitStatement(batch: readonly JournalEntry[]): string {
  const json = JSON.stringify(batch.map(rowOf));
  let tag: string;
  do tag = `$b${randomBytes(12).toString('hex')}$`;
  while (json.includes(tag));
  return `select outcome, version, position from paystrata.commit_entries(${tag}${json}${tag})`;
}

function rowOf(entry: JournalEntry): object {
  return {
    organization: entry.organizationId,
    payment: entry.paymentId,
    subject: entry.subject,
    expected: entry.expectedVersion,
    command: entry.commandId,
    events: entry.events,
    state: entry.state,
    sealed: entry.sealed,
    keep: entry.keepSealed,
    erased: entry.erased,
  };
}
