// Results for programs.

import type { Terminal } from '../terminal.ts';

/** Prints one line of JSON where it is asked for, else what people read; nothing where that is empty. */
export async function printResult(
  terminal: Terminal,
  flags: { readonly json?: true | undefined },
  value: unknown,
  text: () => string,
): Promise<void> {
  if (flags.json) return terminal.print(JSON.stringify(value));
  const lines = text();
  if (lines !== '') await terminal.print(lines);
}
