// The tables of the journal in PostgreSQL, and the functions that write them.

import { postgresArchive } from '../archive/archive-schema.ts';
import { commitApart } from './commit-apart-function.ts';
import { commitEntries } from './commit-function.ts';
import { postgresCompanions } from '../subscriptions/companion-schema.ts';
import type { PostgresMigration } from './migrate-postgres.ts';

/**
 * - `journal`: one row, the last position, the name of this life of the log and where it is kept. Its lock is held until
 *   a commit ends: so the order of positions is the order of commits, and there are no gaps.
 * - `streams`: one row a stream: the version and the position of its last event, the head of its chain of hashes; for a
 *   stream that has a document, its newest snapshot, the sealed part of it apart so that it can be purged; whether it
 *   was ended; what is said of it. A payment without a customer is its own subject, and is found by its name. Its number names the stream in `events`, which keeps that table's indexes small. No
 *   index has a column that a commit changes, and pages have room left, so an update touches no index.
 *   A stream may have a row and no event yet: then it is at version 0 and position 0.
 * - `events`: the log. `id` is what an append is known again by: the command's id on the last event of a payment's
 *   commit, each event's own id elsewhere. Among the first 16 events of a stream it is looked for one by one: most streams
 *   have no more, and need no entry in an index for it. `chain` is SHA-256(chain of the event before it in the stream, 32 zero bytes
 *   before the first || text in UTF-8); `text` is null once the event lies in an archive. Text, not jsonb, which
 *   reorders keys.
 *   Within an organization, payments and other categories have indexes of their own: who reads the payments passes over
 *   nothing else.
 * - `erasures`: subjects whose key is to be destroyed, from the commit of the erasure until it is done.
 */
const tables = `
  create table paystrata.journal (
    one boolean primary key default true check (one),
    position bigint not null,
    epoch text not null,
    place text not null
  ) with (fillfactor = 10);
  insert into paystrata.journal (position, epoch, place) values (0, '', '');

  create table paystrata.streams (
    stream bigint generated always as identity primary key,
    organization text collate "C" not null,
    category text collate "C" not null,
    name text collate "C" not null,
    subject text collate "C",
    version integer not null,
    position bigint not null,
    chain bytea not null,
    ended boolean not null default false,
    metadata text,
    metadata_revision integer not null default 0,
    state text,
    sealed text
  ) with (fillfactor = 70);
  create unique index streams_by_name on paystrata.streams (name, category, organization);
  create index streams_by_subject on paystrata.streams (subject, organization) where subject <> name;

  create table paystrata.events (
    position bigint primary key,
    stream bigint not null,
    version integer not null,
    organization text collate "C" not null,
    category text collate "C" not null,
    id text collate "C",
    chain bytea not null,
    text text
  );
  create unique index events_by_stream on paystrata.events (stream, version);
  create unique index events_by_id on paystrata.events (stream, id) where version > 16;
  create index payment_events_of on paystrata.events (organization, position) where category = 'payment';
  create index other_events on paystrata.events (category, position) where category <> 'payment';
  create index other_events_of on paystrata.events (organization, position) where category <> 'payment';

  create table paystrata.erasures (
    organization text collate "C" not null,
    subject text collate "C" not null,
    primary key (organization, subject)
  );
`;

/**
 * `lock_journal` is a statement of its own wherever it is called: those that follow get their snapshots after the lock
 * was had, so they see everything that was committed before.
 */
const writers = `
  create function paystrata.lock_journal() returns bigint language plpgsql volatile as $function$
  declare
    head bigint;
  begin
    if current_setting('transaction_isolation') <> 'read committed' then
      raise exception 'paystrata commits at the isolation level read committed only' using errcode = '25001';
    end if;
    if current_setting('synchronous_commit') = 'off' then
      perform set_config('synchronous_commit', 'on', true);
    end if;
    perform set_config('lock_timeout', '5s', true);
    select j.position into strict head from paystrata.journal j for update;
    return head;
  end
  $function$;

  -- A version; or -1 for any, -2 for a stream that exists.
  create function paystrata.meets_expected(expected integer, actual integer) returns boolean language sql immutable
    as $function$ select case expected when -1 then true when -2 then actual > 0 else actual = expected end $function$;

  -- The event of a stream that has this id. Its plan is right for a full table, though it is made for an empty one.
  create function paystrata.events_known(stream_ bigint, id_ text)
    returns table ("version" integer, "position" bigint) language sql stable as $function$
    select e.version, e.position from paystrata.events e where e.stream = stream_ and e.version <= 16 and e.id = id_
    union all
    select e.version, e.position from paystrata.events e where e.stream = stream_ and e.version > 16 and e.id = id_
  $function$;

  -- The number of the stream, which is made where there is none.
  create function paystrata.stream_number(organization_ text, category_ text, name_ text)
    returns bigint language plpgsql volatile as $function$
  declare
    number bigint;
  begin
    select s.stream into number from paystrata.streams s
      where s.name = name_ and s.category = category_ and s.organization = organization_;
    if not found then
      insert into paystrata.streams as s (organization, category, name, version, position, chain)
        values (organization_, category_, name_, 0, 0, decode(repeat('00', 32), 'hex'))
        returning s.stream into number;
    end if;
    return number;
  end
  $function$;

  -- Answers the version where it is not what was expected, else null. A stream that is ended stays so.
  create function paystrata.end_stream(organization_ text, category_ text, name_ text, expected integer)
    returns integer language plpgsql volatile as $function$
  declare
    number bigint;
    actual integer;
    has_ended boolean;
  begin
    perform paystrata.lock_journal();
    select s.version, s.ended into actual, has_ended from paystrata.streams s
      where s.name = name_ and s.category = category_ and s.organization = organization_;
    if has_ended then
      return null;
    end if;
    if not paystrata.meets_expected(expected, coalesce(actual, 0)) then
      return coalesce(actual, 0);
    end if;
    number := paystrata.stream_number(organization_, category_, name_);
    update paystrata.streams s set ended = true where s.stream = number;
    return null;
  end
  $function$;

  -- Answers the revision where it is not what was expected, else null.
  create function paystrata.set_metadata(organization_ text, category_ text, name_ text, value text, expected integer)
    returns integer language plpgsql volatile as $function$
  declare
    number bigint;
    actual integer;
  begin
    perform paystrata.lock_journal();
    select s.metadata_revision into actual from paystrata.streams s
      where s.name = name_ and s.category = category_ and s.organization = organization_;
    actual := coalesce(actual, 0);
    if actual <> expected then
      return actual;
    end if;
    number := paystrata.stream_number(organization_, category_, name_);
    update paystrata.streams s set metadata = value, metadata_revision = actual + 1 where s.stream = number;
    return null;
  end
  $function$;
`;

/** The fingerprint of the keyring that seals what is personal in this log; null until it is first opened with one. */
const keyring: PostgresMigration = 'alter table paystrata.journal add column keyring text;';

/** An erasure by its id, and the key that it destroys: see `finishErasures`. */
const namedErasures: PostgresMigration = `
  alter table paystrata.erasures add column id bigint generated always as identity, add column key text;
`;

export const postgresMigrations: readonly PostgresMigration[] = [
  tables + writers + commitEntries + commitApart,
  postgresArchive,
  postgresCompanions,
  keyring,
  namedErasures,
];
