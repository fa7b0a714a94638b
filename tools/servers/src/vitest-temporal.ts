// A vitest `globalSetup`: one Temporal server for all files of a run. It is handed on by the environment variable that
// `startTemporal` looks at first; test files keep apart by task queues and workflow ids of their own.

import { startTemporal, temporalVariable } from './temporal/temporal.ts';

/** Starts the server before the first test file; what it answers stops it after the last. @throws as `startTemporal` */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startTemporal();
  const before = process.env[temporalVariable];
  process.env[temporalVariable] = server.address;
  return async () => {
    if (before === undefined) delete process.env[temporalVariable];
    else process.env[temporalVariable] = before;
    await server.stop();
  };
}
