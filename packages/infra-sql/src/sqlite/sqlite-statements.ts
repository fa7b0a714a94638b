// Every statement of the SQLite journal, prepared once.

import type { StatementSync } from 'node:sqlite';
import { PAYMENT_CATEGORY } from '@paystrata/application';
import type { EventQuery } from '../journal/event-queries.ts';
import { integer, type Row } from '../rows.ts';
import type { SqliteFile } from './sqlite-file.ts';

const named = 'name = ? and category = ? and organization = ?';

const texts = {
  journal: 'select position, epoch, place from journal',
  moveHead: 'update journal set position = ?',
  beginEpoch: 'update journal set epoch = lower(hex(randomblob(12))), place = ?',
  keyring: 'select keyring from journal',
  claimKeyring: 'update journal set keyring = ? where keyring is null',
  newestSealed: `select s.organization, s.category, s.name, s.subject, s.state, s.sealed, s.position from streams s
    where s.sealed is not null
      and not exists (select 1 from erasures e where e.organization = s.organization and e.subject = s.subject)
    order by s.stream desc limit 1`,
  state: 'select position, epoch, exists (select 1 from erasures) as erasing from journal',

  findStream: `select stream, version, chain, ended from streams where ${named}`,
  readStream: `select stream, subject, state, sealed, position from streams where ${named}`,
  insertStream: `insert into streams
      (organization, category, name, version, position, chain, subject, state, sealed)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (name, category, organization) do nothing`,
  updateStream: 'update streams set version = ?, position = ?, chain = ? where stream = ?',
  updateState: 'update streams set version = ?, position = ?, chain = ?, subject = ?, state = ? where stream = ?',
  updateDocument: `update streams set version = ?, position = ?, chain = ?, subject = ?, state = ?, sealed = ?
    where stream = ?`,
  endStream: 'update streams set ended = 1 where stream = ?',
  readMetadata: `select stream, metadata, metadata_revision from streams where ${named}`,
  updateMetadata: 'update streams set metadata = ?, metadata_revision = ? where stream = ?',

  findId: `select version, position from events where stream = ?1 and version <= 16 and id = ?2
    union all select version, position from events where stream = ?1 and version > 16 and id = ?2`,
  insertEvent: `insert into events (position, stream, version, organization, category, id, chain, text)
    values (?, ?, ?, ?, ?, ?, ?, ?)`,

  erasures: 'select id, organization, subject, key from erasures',
  findErasure: 'select 1 from erasures where organization = ? and subject = ?',
  insertErasure: 'insert or ignore into erasures (organization, subject, id) values (?, ?, ?)',
  nameErasedKey: `update erasures set key = coalesce(key, ?) where organization = ? and subject = ? and id = ?
    returning key`,
  deleteErasure: 'delete from erasures where organization = ? and subject = ? and id = ?',
  purgeDocuments: `update streams set sealed = null
    where subject = ? and organization = ? and subject <> name and sealed is not null`,
  purgeDocument: `update streams set sealed = null
    where name = ? and category = '${PAYMENT_CATEGORY}' and organization = ? and subject = name`,
} as const;

export type SqliteStatements = { readonly [Name in keyof typeof texts]: StatementSync } & {
  readonly select: (query: EventQuery) => Row[];
};

export function prepareStatements(file: SqliteFile): SqliteStatements {
  const names = Object.keys(texts) as (keyof typeof texts)[];
  const prepared = Object.fromEntries(names.map((name) => [name, file.prepare(texts[name])]));
  const queries = new Map<string, StatementSync>();
  const select = ({ name, text, values }: EventQuery): Row[] => {
    const statement = queries.get(name) ?? file.prepare(text);
    queries.set(name, statement);
    return statement.all(...values);
  };
  return { ...(prepared as Record<keyof typeof texts, StatementSync>), select };
}

/** The last position of the log. */
export function headOf(statements: SqliteStatements): number {
  return integer(statements.journal.get() ?? {}, 'position');
}
