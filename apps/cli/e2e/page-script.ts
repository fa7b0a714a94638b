// Runs the shell examples of a page as they stand, where neither curl, npx nor sqlite3 need be installed.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..', '..');
const node = `"${process.execPath}" --conditions=@paystrata/source --no-warnings`;
const paystrata = `${node} "${join(root, 'apps', 'cli', 'src', 'main.ts')}"`;
const sqlite = `new (require('node:sqlite').DatabaseSync)(process.argv[1]).exec(process.argv[2])`;

/** What the pages call, by what they mean. */
const programs = [
  'set -eu -o pipefail',
  `paystrata() { ${paystrata} "$@"; }`,
  `curl() { ${node} "${join(root, 'apps', 'api', 'e2e', 'curl.ts')}" "$@"; echo; }`,
  // `npx paystrata …` and `npm run -s paystrata -- …`
  'npx() { "$@"; }',
  'npm() { shift 4; paystrata "$@"; }',
  `sqlite3() { ${node} --eval "${sqlite}" "$@"; }`,
];

/** The blocks of the page in this language, in their order. */
export function blocksOf(page: string, language = 'sh'): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, code = '']) => code);
}

/** Stops at the first line that fails. @throws Error with what was said */
export async function runScript(
  lines: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const script = [...programs, ...lines].join('\n');
  return promisify(execFile)('bash', ['-c', script], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
}
