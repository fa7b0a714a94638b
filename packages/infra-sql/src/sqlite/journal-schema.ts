// The tables of the journal in SQLite.

import { sqliteArchive } from '../archive/archive-schema.ts';
import { sqliteCompanions } from '../subscriptions/companion-schema.ts';
import type { SqliteMigration } from './migrate-sqlite.ts';

/**
 * - `journal`: one row, the last position, the name of this life of the log and where it is kept.
 * - `streams`: one row a stream: the version and the position of its last event, the head of its chain of hashes; for a
 *   stream that has a document, its newest snapshot, the sealed part of it apart so that it can be purged; whether it
 *   was ended; what is said of it. A payment without a customer is its own subject, and is found by its name. Its number names the stream in `events`, which keeps that table's indexes small.
 *   A stream may have a row and no event yet: then it is at version 0 and position 0.
 * - `events`: the log. `id` is what an append is known again by: the command's id on the last event of a payment's
 *   commit, each event's own id elsewhere. Among the first 16 events of a stream it is looked for one by one: most streams
 *   have no more, and need no entry in an index for it. `chain` is SHA-256(chain of the event before it in the stream, 32 zero bytes
 *   before the first || text); `text` is null once the event lies in an archive.
 *   Within an organization, payments and other categories have indexes of their own: who reads the payments passes over
 *   nothing else.
 * - `erasures`: subjects whose key is to be destroyed, from the commit of the erasure until it is done.
 */
const first: SqliteMigration = `
  create table journal (
    one integer primary key check (one = 1),
    position integer not null,
    epoch text not null,
    place text not null
  ) strict;
  insert into journal (one, position, epoch, place) values (1, 0, '', '');

  create table streams (
    stream integer primary key,
    organization text not null,
    category text not null,
    name text not null,
    subject text,
    version integer not null,
    position integer not null,
    chain blob not null,
    ended integer not null default 0,
    metadata text,
    metadata_revision integer not null default 0,
    state text,
    sealed text
  ) strict;
  create unique index streams_by_name on streams (name, category, organization);
  create index streams_by_subject on streams (subject, organization) where subject <> name;

  create table events (
    position integer primary key,
    stream integer not null,
    version integer not null,
    organization text not null,
    category text not null,
    id text,
    chain blob not null,
    text text
  ) strict;
  create unique index events_by_stream on events (stream, version);
  create unique index events_by_id on events (stream, id) where version > 16;
  create index payment_events_of on events (organization) where category = 'payment';
  create index other_events on events (category) where category <> 'payment';
  create index other_events_of on events (organization) where category <> 'payment';

  create table erasures (
    organization text not null,
    subject text not null,
    primary key (organization, subject)
  ) strict, without rowid;
`;

/** The fingerprint of the keyring that seals what is personal in this log; null until it is first opened with one. */
const keyring: SqliteMigration = 'alter table journal add column keyring text;';

/** An erasure by its id, which is the position of its event, and the key that it destroys: see `finishErasures`. */
const namedErasures: SqliteMigration = `
  alter table erasures add column id integer not null default 0;
  alter table erasures add column key text;
`;

export const journalMigrations: readonly SqliteMigration[] = [
  first,
  sqliteArchive,
  sqliteCompanions,
  keyring,
  namedErasures,
];
