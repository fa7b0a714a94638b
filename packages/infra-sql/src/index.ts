// SQL building blocks for PostgreSQL and SQLite: journal, documents and queries.

export { createSqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts';
