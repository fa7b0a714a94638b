// One entry into the tables of a SQLite journal, within the transaction of its batch.

import { hash } from 'node:crypto';
import { meetsExpected, type StreamName } from '@paystrata/application';
import type { JournalEntry, JournalResult } from '../journal/journal.ts';
import { bytes, integer } from '../rows.ts';
import type { SqliteStatements } from './sqlite-statements.ts';

/** The chain before the first event of a stream. */
const CHAIN_START = Buffer.alloc(32);

/** @param head the last position before the entry */
export function appendEntry(statements: SqliteStatements, entry: JournalEntry, head: number): JournalResult {
  const { organizationId, category, id } = entry.stream;
  const { document } = entry;
  const seals = document !== null && document.sealed !== null;
  const erasing = seals && statements.findErasure.get(organizationId, document.subject) !== undefined;
  // A stream that is expected to be new nearly always is: then it need not be looked for first.
  if (isNew(entry) && !erasing) {
    const chains = chainsOf(entry, CHAIN_START);
    const stream = insertStream(statements, entry, head, chains);
    if (stream !== null) return writeEvents(statements, entry, { stream, before: 0, head, chains });
  }
  const row = statements.findStream.get(id, category, organizationId);
  const before = row === undefined ? 0 : integer(row, 'version');
  if (row !== undefined) {
    const known = findKnown(statements, entry, integer(row, 'stream'));
    if (known !== null) return known;
    if (row['ended'] === 1) return { outcome: 'ended' };
  }
  if (!meetsExpected(entry.expected, before)) return { outcome: 'wrong_version', actualVersion: before };
  if (erasing) return { outcome: 'erasing' };
  const chains = chainsOf(entry, row === undefined ? CHAIN_START : bytes(row, 'chain'));
  const stream = row === undefined ? insertStream(statements, entry, head, chains) : integer(row, 'stream');
  if (stream === null) throw new Error(`the stream ${id} is neither there nor can it be inserted`);
  const step = { stream, before, head, chains };
  if (row !== undefined) updateStream(statements, entry, step);
  return writeEvents(statements, entry, step);
}

function isNew({ expected }: JournalEntry): boolean {
  return expected === 0 || expected === 'noStream';
}

interface Step {
  /** The stream's number. */
  readonly stream: number | bigint;
  /** Its version before the entry. */
  readonly before: number;
  readonly head: number;
  /** One an event. */
  readonly chains: readonly Uint8Array[];
}

function writeEvents(
  statements: SqliteStatements,
  { stream: { organizationId, category }, events, erased }: JournalEntry,
  { stream, before, head, chains }: Step,
): JournalResult {
  for (const [index, event] of events.entries()) {
    const [position, version] = [head + index + 1, before + index + 1];
    const chain = chains[index] ?? CHAIN_START;
    statements.insertEvent.run(position, stream, version, organizationId, category, event.id, chain, event.text);
  }
  const position = head + events.length;
  if (erased !== null) statements.insertErasure.run(organizationId, erased, position);
  return { outcome: 'committed', version: before + events.length, position };
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

/** @returns the new stream's number; null where there is one already */
function insertStream(
  statements: SqliteStatements,
  { stream: { organizationId, category, id }, events, document }: JournalEntry,
  head: number,
  chains: readonly Uint8Array[],
): number | bigint | null {
  const moved = [events.length, head + events.length, chains.at(-1) ?? CHAIN_START] as const;
  const kept = [document?.subject ?? null, document?.state ?? null, document?.sealed ?? null] as const;
  const { changes, lastInsertRowid } = statements.insertStream.run(organizationId, category, id, ...moved, ...kept);
  return changes === 0 ? null : lastInsertRowid;
}

function updateStream(
  statements: SqliteStatements,
  { events, document }: JournalEntry,
  { stream, before, head, chains }: Step,
): void {
  const moved = [before + events.length, head + events.length, chains.at(-1) ?? CHAIN_START] as const;
  if (document === null) statements.updateStream.run(...moved, stream);
  else if (document.keepSealed) statements.updateState.run(...moved, document.subject, document.state, stream);
  else statements.updateDocument.run(...moved, document.subject, document.state, document.sealed, stream);
}

/** A stream that has no event yet. @returns its number */
export function insertEmptyStream(
  statements: SqliteStatements,
  { organizationId, category, id }: StreamName,
): number | bigint {
  return statements.insertStream.run(organizationId, category, id, 0, 0, CHAIN_START, null, null, null).lastInsertRowid;
}
