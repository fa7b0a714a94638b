// Reads the files that belong to the repository: what git tracks or would track, with their text.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryFile } from './rule.ts';

const root = join(import.meta.dirname, '..', '..');
/** Data and pictures: nothing that a rule of style speaks of. */
const notText = /\.(csv|png|ico|woff2|gz|sqlite)$/;

export function repositoryFiles(): readonly RepositoryFile[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return list
    .split('\0')
    .filter((path) => path !== '' && !notText.test(path) && existsSync(join(root, path)) && isFile(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function isFile(path: string): boolean {
  return statSync(join(root, path)).isFile();
}
