// The tables of the journal in SQLite.

import type { SqliteMigration } from './migrate-sqlite.ts';

/**
 * - `journal`: one row, the last position and the name of this life of the log.
 * - `documents`: the newest snapshot of each payment; its number names the stream in `events`, which keeps that table's
 *   indexes small. The sealed part is apart, so that it can be purged.
 * - `events`: the log. `command` stands on the last event of each commit only.
 * - `erasures`: subjects whose key is to be destroyed, from the commit of the erasure until it is done.
 */
const first: SqliteMigration = `
  create table journal (
    one integer primary key check (one = 1),
    position integer not null,
    epoch text not null
  ) strict;
  insert into journal (one, position, epoch) values (1, 0, lower(hex(randomblob(12))));

  create table documents (
    stream integer primary key,
    organization text not null,
    payment text not null,
    subject text not null,
    version integer not null,
    state text not null,
    sealed text
  ) strict;
  create unique index documents_by_payment on documents (payment, organization);
  create index documents_by_subject on documents (subject, organization) where sealed is not null;

  create table events (
    position integer primary key,
    stream integer not null,
    version integer not null,
    organization text not null,
    command text,
    text text not null
  ) strict;
  create unique index events_by_stream on events (stream, version);
  create index events_by_organization on events (organization);
  create unique index events_by_command on events (stream, command) where command is not null;

  create table erasures (
    organization text not null,
    subject text not null,
    primary key (organization, subject)
  ) strict, without rowid;
`;

export const journalMigrations: readonly SqliteMigration[] = [first];
