// Real servers for tests, benches and the proof.

export { chromiumProgram } from './chromium/chromium-program.ts';
export { shellProgram } from './install/shell-program.ts';
export { type WaitOptions, waitUntil } from './wait-until.ts';
export { ServerNotOurs, ServerProgramMissing, ServerStartFailed } from './server-failure.ts';
export { type ServerControl } from './server-control.ts';
export { type DataFolderOptions } from './process/data-folder.ts';
export { type DatabaseOptions, createDatabase, dropDatabase } from './postgres/databases.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './postgres/postgres.ts';
export { systemPostgres } from './postgres/system-postgres.ts';
export { type TemporalOptions, type TemporalServer, startTemporal } from './temporal/temporal.ts';
export { temporalTimeSkippingProgram } from './temporal/time-skipping.ts';
export { type RedisOptions, type RedisServer, startRedis } from './redis/redis.ts';
export { redisCommand } from './redis/redis-command.ts';
export { type OpenSearchOptions, type OpenSearchServer, startOpenSearch } from './opensearch/opensearch.ts';
export { startElasticsearch } from './elasticsearch/elasticsearch.ts';
export { type SearchNode, type SearchNodeOptions } from './java/search-node.ts';
export { type ToxiproxyServer, startToxiproxy } from './toxiproxy/toxiproxy.ts';
export { type FaultyLink } from './toxiproxy/faulty-link.ts';
export { type InstalledServer, installServers } from './install-servers.ts';
export { type HoldingOptions, type HoldingProxy, startHoldingProxy } from './postgres/holding-proxy.ts';
export { type Program, programOptions, startProgram } from './proof/program.ts';
export { type Proof, figure, proofTimeoutMs, prove } from './proof/record-proof.ts';
export { type Model, type Operation, type Verdict, checkHistory, illegal } from './linearizability/check-history.ts';
export { copyRows } from './postgres/copy-rows.ts';
export { openTransaction } from './postgres/open-transaction.ts';
export { type SchemathesisRun, runSchemathesis, schemathesisLibrary } from './schemathesis/run-schemathesis.ts';
