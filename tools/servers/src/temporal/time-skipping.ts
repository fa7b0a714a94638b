// The Temporal server with a clock that tests move. The SDK's `createTimeSkipping` starts and stops it itself, so all
// it needs from us is a path; ours is a small shell program that also ends the server when the test process dies.

import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporalTimeSkippingServer, wheelProgram } from './wheel.ts';

// After `exec` the server has the id that the SDK knows ($$). Its parent changes when the test process dies; a parent
// that merely exists says little, as a dead one may stay in the process table.
const guarded = `#!/bin/sh
# Runs the server beside this file, and kills it when the process that started it has ended.
here=$(dirname "$0")
self=$$
started_by=$PPID
parent() {
  if [ -r "/proc/$self/stat" ]; then read -r _ _ _ now _ <"/proc/$self/stat" && echo "$now"; else ps -o ppid= -p "$self" | tr -d ' '; fi
}
(
  while [ "$(parent)" = "$started_by" ]; do sleep 0.2; done
  kill -9 "$self"
) >/dev/null 2>&1 </dev/null &
exec "$here/${temporalTimeSkippingServer.program}" "$@"
`;

/**
 * Answers the path to give the SDK as `server: { executable: { type: 'existing-path', path } }`, installing the server
 * at first use. A server started from this path ends within a second after its test process, however that ended.
 * @throws ServerProgramMissing
 */
export async function temporalTimeSkippingProgram(): Promise<string> {
  const program = await wheelProgram(temporalTimeSkippingServer);
  const path = join(dirname(program), 'guarded-test-server.sh');
  if (!existsSync(path)) {
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, guarded, { mode: 0o755 });
    renameSync(draft, path);
  }
  return path;
}
