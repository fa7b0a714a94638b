// What the cases of journals are written in.

import assert from 'node:assert/strict';
import { hash, randomUUID } from 'node:crypto';
import type { ExpectedVersion, StreamName } from '@paystrata/application';
import type { JournalEntry, JournalEvent } from '../journal/journal.ts';
import { acme, known } from './entries.ts';

export const forward = { direction: 'forward', from: null, limit: 100 } as const;

export function newStream(category = 'bill', organizationId = acme): StreamName {
  return { organizationId, category, id: randomUUID() };
}

/** So many new events without a document. */
export function appending(stream: StreamName, expected: ExpectedVersion, count = 1): JournalEntry {
  const events = Array.from({ length: count }, () => {
    const id = randomUUID();
    return { id, text: JSON.stringify({ id }) };
  });
  return { stream, expected, events, document: null, erased: null };
}

/** The chain and the versions of a stream that was read from its beginning. */
export function assertChained(events: readonly JournalEvent[]): void {
  let chain: Uint8Array = Buffer.alloc(32);
  for (const [index, event] of events.entries()) {
    assert.equal(event.version, index + 1);
    chain = hash('sha256', Buffer.concat([chain, Buffer.from(known(event.text))]), 'buffer');
    assert.ok(Buffer.from(event.chain).equals(chain), `the chain at version ${event.version}`);
  }
}
