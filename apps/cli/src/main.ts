#!/usr/bin/env node
// The paystrata command: hands the process's arguments, streams and signals to a run.

import { enableCompileCache } from 'node:module';

// Loading the code is most of what a short command does; compiled code of earlier runs halves it.
enableCompileCache();
const [{ run }, { createTerminal }] = await Promise.all([import('./run.ts'), import('./terminal.ts')]);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Whoever asks a second time does not want to wait for what is in flight.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  });
}
// The reader of a pipe may have seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const terminal = createTerminal(process, { env: process.env, cwd: process.cwd(), stop: stop.signal });
process.exitCode = await run(process.argv.slice(2), terminal);
