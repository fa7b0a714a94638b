// Running an installer.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Where and how a command runs. */
export interface CommandOptions {
  readonly cwd?: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command to its end and answers its standard output.
 * @throws Error with the end of what it wrote, when it is not there, ends with another code than 0 or takes 15 minutes.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { cwd, env } = options;
  try {
    const settings = { maxBuffer: 64 * 1024 * 1024, timeout: 15 * 60_000, env: { ...process.env, ...env } };
    const { stdout } = await execute(command, args, cwd === undefined ? settings : { ...settings, cwd });
    return stdout;
  } catch (cause) {
    throw new Error(`${command} ${args.join(' ')} failed: ${outputOf(cause)}`, { cause });
  }
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stdout = 'stdout' in error ? String(error.stdout) : '';
  const stderr = 'stderr' in error ? String(error.stderr) : '';
  const text = `${stdout}\n${stderr}`.trim();
  return text === '' ? error.message : text.split('\n').slice(-20).join('\n');
}
