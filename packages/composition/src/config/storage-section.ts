// Where payments are kept: the strategy and its stores.

import { z } from 'zod';
import { isPostgresUrl } from './postgres-url.ts';
import { optionalText, setting } from './setting.ts';

export const strategyNames = ['memory-cqs', 'memory-cqrs', 'event-sourced', 'multi-source', 'temporal'] as const;
export type StrategyName = (typeof strategyNames)[number];

const isDatabaseUrl = (text: string) => text === 'memory:' || isPostgresUrl(text);
const urlOf = (...protocols: readonly string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol))
    .nullable()
    .default(null);

export const storageSection = z.strictObject({
  strategy: setting(z.enum(strategyNames).default('event-sourced'), {
    variable: 'PAYSTRATA_STORAGE',
    may: `be one of ${strategyNames.join(', ')}`,
  }),
  /** Holds the embedded stores, the keyring, and, without a PostgreSQL database, the API keys. */
  dataDir: setting(z.string().min(1).default('.paystrata'), {
    variable: 'PAYSTRATA_DATA_DIR',
    may: 'be a folder; it is made where it is missing',
    isPath: true,
  }),
  /** Null: SQLite in the data folder. `memory:` keeps the event store in memory. PostgreSQL holds the API keys too. */
  databaseUrl: setting(z.string().refine(isDatabaseUrl).nullable().default(null), {
    variable: 'PAYSTRATA_DATABASE_URL',
    may: 'be postgres://user:password@host:port/database, "memory:", or absent for SQLite in the data folder',
    secret: 'password',
  }),
  /** Null: a cache in memory. */
  redisUrl: setting(urlOf('redis:', 'rediss:'), {
    variable: 'PAYSTRATA_REDIS_URL',
    may: 'be redis://host:port or rediss://host:port',
    secret: 'password',
  }),
  /** Null: an index in memory. */
  searchUrl: setting(urlOf('http:', 'https:'), {
    variable: 'PAYSTRATA_SEARCH_URL',
    may: 'be the http(s):// address of an OpenSearch or Elasticsearch server',
    secret: 'password',
  }),
  /** Null: a folder in the data folder. */
  filesDir: setting(optionalText(), { variable: 'PAYSTRATA_FILES_DIR', may: 'be a folder', isPath: true }),
  /**
   * The file of the keys that seal personal data, or a PostgreSQL database that several machines share. Null: a file in
   * the data folder, made at first use.
   */
  keyring: setting(optionalText(), {
    variable: 'PAYSTRATA_KEYRING',
    may: 'be a file, or postgres://user:password@host:port/database',
    isPath: true,
    secret: 'password',
  }),
});
