// The tables that the processes of an installation share beside the log: who may use the API, what was asked before,
// and the keys that seal personal data. Each has a schema of its own, so that a dump can take or leave it.

import type { PostgresMigration } from '../postgres/migrate-postgres.ts';

const access: PostgresMigration = `
  create table paystrata_access.api_keys (
    id text primary key,
    hash text not null,
    organization text not null,
    scopes text not null,
    created_at bigint not null,
    revoked_at bigint,
    is_first boolean not null default false
  );
  -- Of processes that start at once, one makes the first key.
  create unique index one_first_key on paystrata_access.api_keys (is_first) where is_first;

  create table paystrata_access.idempotency (
    organization text not null,
    route text not null,
    key text not null,
    request_hash text not null,
    payment text not null,
    command text not null,
    created_at bigint not null,
    primary key (organization, route, key)
  );
  create index idempotency_by_age on paystrata_access.idempotency (created_at);

  create table paystrata_access.ledger (
    entry bigint primary key generated always as identity,
    gateway_key text not null unique,
    organization text not null,
    kind text not null,
    currency text not null,
    moved text not null,
    method text not null,
    outcome text not null,
    answered_amount text,
    answered_currency text,
    gateway_reference text,
    failure_code text,
    decline_code text,
    retryable smallint
  );
`;

const keys: PostgresMigration = `
  create table paystrata_keys.keys (
    organization text not null,
    subject text not null,
    id text not null,
    secret bytea not null,
    primary key (organization, subject)
  );
`;

/** A UUID of version 4 has 122 random bits, two of them are enough to tell keyrings apart. */
const fingerprint: PostgresMigration = `
  create table paystrata_keys.keyring (one boolean primary key default true check (one), fingerprint text not null);
  insert into paystrata_keys.keyring (fingerprint)
    values (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));
`;

export const accessMigrations: readonly PostgresMigration[] = [access];
export const keysMigrations: readonly PostgresMigration[] = [keys, fingerprint];

/** A condition that is true, and syncs what the statement writes where the server's settings would not. */
export const synced = `case current_setting('synchronous_commit')
  when 'off' then set_config('synchronous_commit', 'on', true) else 'on' end is not null`;
