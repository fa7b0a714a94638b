// Results for programs.

import type { Terminal } from '../terminal.ts';

/** One value: one line of JSON. */
export function printJson(terminal: Terminal, value: unknown): Promise<void> {
  return terminal.print(JSON.stringify(value));
}

/** Prints JSON where it is asked for, else what people read; nothing where that is empty. */
export async function printResult(
  terminal: Terminal,
  flags: { readonly json?: true | undefined },
  value: unknown,
  text: () => string,
): Promise<void> {
  if (flags.json) return printJson(terminal, value);
  const lines = text();
  if (lines !== '') await terminal.print(lines);
}
