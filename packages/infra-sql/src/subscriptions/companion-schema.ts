// The tables beside the log: progress of subscriptions, dead letters, snapshots of aggregates.

/**
 * - `subscriptions`: who works on each until when, under which token, and how far it got. A subscription that nobody has
 *   worked on has no row.
 * - `dead_letters`: positions of events that a handler failed on for good, or that wait behind one of their stream.
 * - `snapshots`: aggregates as they were at a version of their stream; may be deleted at any time.
 */
export const sqliteCompanions = `
  create table subscriptions (
    name text primary key,
    owner text,
    token integer not null,
    expires_at integer not null,
    checkpoint integer not null
  ) strict, without rowid;

  create table dead_letters (
    subscription text not null,
    position integer not null,
    stream text not null,
    error text not null,
    attempts integer not null,
    at integer not null,
    primary key (subscription, position)
  ) strict, without rowid;
  create index dead_letters_by_stream on dead_letters (subscription, stream, position);

  create table snapshots (
    organization text not null,
    category text not null,
    name text not null,
    version integer not null,
    schema_version integer not null,
    state text not null,
    primary key (organization, category, name)
  ) strict, without rowid;
`;

export const postgresCompanions = `
  create table paystrata.subscriptions (
    name text collate "C" primary key,
    owner text collate "C",
    token bigint not null,
    expires_at timestamptz not null,
    checkpoint bigint not null
  ) with (fillfactor = 50);

  create table paystrata.dead_letters (
    subscription text collate "C" not null,
    position bigint not null,
    stream text collate "C" not null,
    error text not null,
    attempts integer not null,
    at bigint not null,
    primary key (subscription, position)
  );
  create index dead_letters_by_stream on paystrata.dead_letters (subscription, stream, position);

  create table paystrata.snapshots (
    organization text collate "C" not null,
    category text collate "C" not null,
    name text collate "C" not null,
    version integer not null,
    schema_version integer not null,
    state text not null,
    primary key (organization, category, name)
  );
`;
