// The statement that commits a batch: one message of the simple protocol, so that it is one transaction by itself.

import { randomBytes } from 'node:crypto';
import { streamText } from '@paystrata/application';
import { expectedNumber } from '../journal/journal-rows.ts';
import type { JournalEntry } from '../journal/journal.ts';

/** Separators that no column holds: ids are visible ASCII, and JSON writes control characters as escapes. */
const COLUMN = '\x1d';
const VALUE = '\x1e';
const NULL = '\x18';

/**
 * With bound parameters the driver would send `Execute` and `Sync` as messages of their own, and the transaction would
 * end at `Sync`: a client stopped between the two would hold the lock of the log. So the batch is a literal, in dollar
 * quotes, in which nothing is escaped. Their tag is random and checked, so no text can end the literal.
 *
 * @throws Error where a value holds a separator: then nothing is sent.
 */
export function commitStatement(batch: readonly JournalEntry[]): string {
  const columns = [
    batch.map(({ stream }) => stream.organizationId),
    batch.map(({ stream }) => stream.category),
    batch.map(({ stream }) => stream.id),
    batch.map(({ expected }) => expectedNumber(expected)),
    batch.map(({ events }) => events.length),
    batch.map(({ document }) => document?.subject ?? NULL),
    batch.map(({ document }) => document?.state ?? NULL),
    batch.map(({ document }) => document?.sealed ?? NULL),
    batch.map(({ document }) => document?.keepSealed ?? true),
    batch.map(({ erased }) => erased ?? NULL),
    batch.flatMap(({ events }) => events.map(({ id }) => id ?? NULL)),
    batch.flatMap(({ events }) => events.map(({ text }) => text)),
    batch.flatMap(({ events }, index) => events.map(() => index + 1)),
  ];
  const text = columns.map((values) => values.join(VALUE)).join(COLUMN);
  const separators = columns.reduce((sum, values) => sum + values.length, 0) - 1;
  if (count(text, VALUE) + count(text, COLUMN) !== separators) {
    throw new Error('an entry holds a control character outside of its JSON');
  }
  const commit = areApart(batch) ? 'commit_apart' : 'commit_entries';
  return `select outcome, version, position from paystrata.${commit}(${literal(text)})`;
}

/** True where no entry has to see another one: all are on streams of their own, and none erases. */
function areApart(batch: readonly JournalEntry[]): boolean {
  if (batch.length === 1 || batch.some(({ erased }) => erased !== null)) return false;
  return new Set(batch.map(({ stream }) => streamText(stream))).size === batch.length;
}

/** In dollar quotes, under a random tag. For statements that take locks; others have parameters. */
export function literal(text: string): string {
  const tag = newTag(text);
  return `${tag}${text}${tag}`;
}

function newTag(text: string): string {
  for (;;) {
    const tag = `$b${randomBytes(12).toString('hex')}$`;
    if (!text.includes(tag)) return tag;
  }
}

function count(text: string, separator: string): number {
  let found = 0;
  for (let at = text.indexOf(separator); at !== -1; at = text.indexOf(separator, at + 1)) found++;
  return found;
}
