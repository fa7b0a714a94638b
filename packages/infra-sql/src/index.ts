// SQL building blocks for PostgreSQL and SQLite: journal, documents and queries.

export { createLogMaintenance, type LogMaintenanceOptions } from './integrity/log-maintenance.ts';
export { createLogUpkeep, type LogUpkeep, type LogUpkeepOptions } from './integrity/log-upkeep.ts';
export { finishErasures } from './journal/finish-erasures.ts';
export type { JournalEntry, JournalEvent, JournalRequest, JournalResult, StreamRange } from './journal/journal.ts';
export type { SqlPaymentStore } from './journal/journal-store.ts';
export type { SharedJournal } from './journal/shared-journal.ts';
export {
  createPostgresAccessStore,
  type PostgresAccessOptions,
  type PostgresAccessStore,
} from './postgres-access/postgres-access-store.ts';
export {
  createPostgresKeyring,
  type PostgresKeyring,
  type PostgresKeyringOptions,
} from './postgres-access/postgres-keyring.ts';
export { createPostgresLedger, type PostgresLedger } from './postgres-access/postgres-ledger.ts';
export { createPostgresStore, type PostgresStoreOptions } from './postgres/postgres-store.ts';
export { PostgresReads, type PostgresReadsOptions } from './reads/database/postgres-reads.ts';
export { SqliteReads, type SqliteReadsOptions } from './reads/database/sqlite-reads.ts';
export type { ReadsDatabase } from './reads/database/reads-database.ts';
export { createSqlReads, type SqlDocuments, type SqlReads, type SqlReadsOptions } from './reads/sql-reads.ts';
export { createSqlRecord, type SqlRecord, type SqlRecordDependencies } from './record/sql-record.ts';
export type { SqlRecordOptions } from './record/sql-record-options.ts';
export { createSqliteAccessStore, type SqliteAccessStore } from './sqlite/sqlite-access-store.ts';
export { createSqliteKeyring, type SqliteKeyring } from './sqlite/sqlite-keyring.ts';
export { createSqliteLedger, type SqliteLedger } from './sqlite/sqlite-ledger.ts';
export { createSqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts';
export type { SqlCompanions } from './subscriptions/companions.ts';
export { openPostgresCompanions } from './subscriptions/postgres-companions.ts';
export { openSqliteCompanions } from './subscriptions/sqlite-companions.ts';
