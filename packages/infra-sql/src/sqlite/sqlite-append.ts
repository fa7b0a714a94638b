// One entry into the tables of a SQLite journal, within the transaction of its batch.

import { hash } from 'node:crypto';
import { meetsExpected, type StreamName } from '@paystrata/application';
import type { JournalEntry, JournalResult } from '../journal/journal.ts';
import { bytes, integer, type Row } from '../rows.ts';
import type { SqliteStatements } from './sqlite-statements.ts';

/** The chain before the first event of a stream. */
const CHAIN_START = Buffer.alloc(32);

/** @param head the last position before the entry */
export function appendEntry(statements: SqliteStatements, entry: JournalEntry, head: number): JournalResult {
  const { organizationId, category, id } = entry.stream;
  const row = statements.findStream.get(id, category, organizationId);
  const before = row === undefined ? 0 : integer(row, 'version');
  if (row !== undefined) {
    const known = findKnown(statements, entry, integer(row, 'stream'));
    if (known !== null) return known;
    if (row['ended'] === 1) return { outcome: 'ended' };
  }
  if (!meetsExpected(entry.expected, before)) return { outcome: 'wrong_version', actualVersion: before };
  const { document } = entry;
  const seals = document !== null && document.sealed !== null;
  if (seals && statements.findErasure.get(organizationId, document.subject) !== undefined) {
    return { outcome: 'erasing' };
  }
  const chains = chainsOf(entry, row === undefined ? CHAIN_START : bytes(row, 'chain'));
  const stream = writeStream(statements, entry, row, { before, head, chain: chains.at(-1) ?? CHAIN_START });
  for (const [index, event] of entry.events.entries()) {
    const [position, version] = [head + index + 1, before + index + 1];
    const chain = chains[index] ?? CHAIN_START;
    statements.insertEvent.run(position, stream, version, organizationId, category, event.id, chain, event.text);
  }
  if (entry.erased !== null) statements.insertErasure.run(organizationId, entry.erased);
  return { outcome: 'committed', version: before + entry.events.length, position: head + entry.events.length };
}

/** Where the last of the entry's events is that the stream has already. */
function findKnown(statements: SqliteStatements, entry: JournalEntry, stream: number): JournalResult | null {
  let last: JournalResult | null = null;
  let lastVersion = 0;
  for (const { id } of entry.events) {
    const known = id === null ? undefined : statements.findId.get(stream, id);
    if (known === undefined) continue;
    const version = integer(known, 'version');
    if (version < lastVersion) continue;
    last = { outcome: 'duplicate', version, position: integer(known, 'position') };
    lastVersion = version;
  }
  return last;
}

function chainsOf({ events }: JournalEntry, start: Uint8Array): readonly Uint8Array[] {
  let chain = start;
  return events.map(({ text }) => (chain = hash('sha256', Buffer.concat([chain, Buffer.from(text)]), 'buffer')));
}

interface Step {
  readonly before: number;
  readonly head: number;
  readonly chain: Uint8Array;
}

/** @returns the stream's number */
function writeStream(
  statements: SqliteStatements,
  { stream, events, document }: JournalEntry,
  row: Row | undefined,
  { before, head, chain }: Step,
): number | bigint {
  const moved = [before + events.length, head + events.length, chain] as const;
  if (row === undefined) {
    const { organizationId, category, id } = stream;
    const kept = [document?.subject ?? null, document?.state ?? null, document?.sealed ?? null] as const;
    return statements.insertStream.run(organizationId, category, id, ...moved, ...kept).lastInsertRowid;
  }
  const number = integer(row, 'stream');
  if (document === null) statements.updateStream.run(...moved, number);
  else if (document.keepSealed) statements.updateState.run(...moved, document.subject, document.state, number);
  else statements.updateDocument.run(...moved, document.subject, document.state, document.sealed, number);
  return number;
}

/** A stream that has no event yet. @returns its number */
export function insertEmptyStream(
  statements: SqliteStatements,
  { organizationId, category, id }: StreamName,
): number | bigint {
  return statements.insertStream.run(organizationId, category, id, 0, 0, CHAIN_START, null, null, null).lastInsertRowid;
}
