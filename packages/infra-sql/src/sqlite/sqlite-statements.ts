// Every statement of the SQLite journal, prepared once.

import type { StatementSync } from 'node:sqlite';
import type { SqliteFile } from './sqlite-file.ts';

const texts = {
  head: 'select position, epoch from journal',
  moveHead: 'update journal set position = ?',
  erasing: 'select exists (select 1 from erasures) as erasing',

  findDocument: 'select stream, version from documents where payment = ? and organization = ?',
  readDocument: 'select stream, subject, state, sealed from documents where payment = ? and organization = ?',
  insertDocument: `insert into documents (organization, payment, subject, version, state, sealed)
    values (?, ?, ?, ?, ?, ?)`,
  updateDocument: 'update documents set version = ?, state = ?, sealed = ? where stream = ?',
  updateState: 'update documents set version = ?, state = ? where stream = ?',

  findCommand: 'select version, position from events where stream = ? and command = ?',
  insertEvent: `insert into events (position, stream, version, organization, command, text)
    values (?, ?, ?, ?, ?, ?)`,

  erasures: 'select organization, subject from erasures',
  findErasure: 'select 1 from erasures where organization = ? and subject = ?',
  insertErasure: 'insert or ignore into erasures (organization, subject) values (?, ?)',
  deleteErasure: 'delete from erasures where organization = ? and subject = ?',
  purgeDocuments: `update documents set sealed = null
    where subject = ? and organization = ? and sealed is not null`,

  forward: 'select position, text from events where position > ? order by position limit ?',
  backward: 'select position, text from events where position < ? order by position desc limit ?',
  forwardOf: `select position, text from events where organization = ? and position > ?
    order by position limit ?`,
  backwardOf: `select position, text from events where organization = ? and position < ?
    order by position desc limit ?`,
  /** In a stream the versions are in the order of the positions; at most a thousand are looked at. */
  forwardIn: `select position, text from events where stream = ? and position > ?
    order by version limit ?`,
  backwardIn: `select position, text from events where stream = ? and position < ?
    order by version desc limit ?`,
  streamsOf: 'select stream, organization from documents where payment = ?',
} as const;

export type SqliteStatements = { readonly [Name in keyof typeof texts]: StatementSync };

export function prepareStatements(file: SqliteFile): SqliteStatements {
  const names = Object.keys(texts) as (keyof typeof texts)[];
  return Object.fromEntries(names.map((name) => [name, file.prepare(texts[name])])) as SqliteStatements;
}
