// Runs one command line from its arguments to its exit code.

import { CommanderError } from '@commander-js/extra-typings';
import { explain, type ExitCode } from './errors/exit-codes.ts';
import { createProgram } from './program.ts';
import { createSession } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Never throws: errors become words on stderr and an exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const session = createSession(terminal);
  try {
    await createProgram(session).parseAsync([...args], { from: 'user' });
    return session.exitCode;
  } catch (error) {
    const { exit, code, message, hint, requestId } = explain(error);
    if (!(error instanceof CommanderError)) {
      terminal.note(`error: ${message} (${code})`);
      if (hint !== null) terminal.note(`  ${hint}`);
      if (requestId !== null) terminal.note(`  request ${requestId}`);
    }
    return exit;
  }
}
