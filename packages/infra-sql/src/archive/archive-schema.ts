// The tables of the archive and of the seals, in both databases.

/**
 * - `segments`: compressed texts of events, see `segment.ts` of the application; `root` is the Merkle root over positions
 *   and texts. An event whose text is there names its segment; both are written in one transaction.
 * - `seals`: ranges of the log with a Merkle root over it, each chained to the one before; `hash` stands for all of the
 *   log up to `last`. Never changed, never removed.
 */
export const sqliteArchive = `
  create table segments (
    segment integer primary key,
    first integer not null,
    last integer not null,
    count integer not null,
    codec text not null,
    format integer not null,
    checksum blob not null,
    root blob not null,
    archived_at integer not null,
    bytes blob not null
  ) strict;
  alter table events add column segment integer;

  create table seals (
    last integer primary key,
    first integer not null unique,
    root blob not null,
    hash blob not null,
    sealed_at integer not null
  ) strict;
`;

export const postgresArchive = `
  create table paystrata.segments (
    segment bigint generated always as identity primary key,
    first bigint not null,
    last bigint not null,
    count integer not null,
    codec text not null,
    format integer not null,
    checksum bytea not null,
    root bytea not null,
    archived_at bigint not null,
    bytes bytea not null
  );
  -- Compressed already.
  alter table paystrata.segments alter column bytes set storage external;
  alter table paystrata.events add column segment bigint;

  create table paystrata.seals (
    last bigint primary key,
    first bigint not null unique,
    root bytea not null,
    hash bytea not null,
    sealed_at bigint not null
  );
`;
