// The end of every help text.

const codes = '0 done, 1 other failure, 2 usage, 3 not found, 4 not allowed, 5 conflict, 6 declined, 7 unreachable';

/** Examples, and what the exit codes mean. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ paystrata ${line}\n`).join('')}\nExit codes: ${codes}`;
}
