// A vitest `globalSetup`: one PostgreSQL for all files of a run. It is handed on by the environment variable that
// `startPostgres` looks at first, so that test files need no change; each still makes a database of its own.

import { postgresVariable, startPostgres } from './postgres/postgres.ts';

/** Starts the server before the first test file; what it answers stops it after the last. @throws as `startPostgres` */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const before = process.env[postgresVariable];
  process.env[postgresVariable] = server.url;
  return async () => {
    if (before === undefined) delete process.env[postgresVariable];
    else process.env[postgresVariable] = before;
    await server.stop();
  };
}
