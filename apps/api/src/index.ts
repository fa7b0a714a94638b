// The HTTP API of Paystrata: a server upon a composition, and what its programs need of it.

export { problemKinds, type HttpProblemCode, type ProblemCode, type ProblemKind } from './problems/problem-table.ts';
export type { Problem } from './problems/problem-of.ts';
export type { BulkOutcome } from './commands/bulk-rows.ts';
export { createApi, type ApiOptions } from './server/create-api.ts';
export { ensureFirstKey } from './server/first-key.ts';
export { startServer, type RunningServer } from './server/start-server.ts';
