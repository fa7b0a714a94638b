// The tables of API keys and idempotency keys in SQLite.

import type { SqliteMigration } from './migrate-sqlite.ts';

const first: SqliteMigration = `
  create table api_keys (
    id text primary key,
    hash text not null,
    organization text not null,
    scopes text not null,
    created_at integer not null,
    revoked_at integer
  ) strict, without rowid;

  create table idempotency (
    organization text not null,
    route text not null,
    key text not null,
    request_hash text not null,
    payment text not null,
    command text not null,
    created_at integer not null,
    primary key (organization, route, key)
  ) strict, without rowid;
  create index idempotency_by_age on idempotency (created_at);
`;

export const accessMigrations: readonly SqliteMigration[] = [first];
