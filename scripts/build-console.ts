// Builds the console where it is not built yet, or from other sources. `node scripts/build-console.ts`, or imported.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'apps', 'console');
const stamp = join(folder, 'built', '.sources');

if (import.meta.main) buildConsole();

/** @throws Error where the build fails. */
export function buildConsole(): void {
  const sources = digestOfSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: folder, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the console cannot be built:\n${built.stdout}${built.stderr}`);
  writeFileSync(stamp, sources);
}

/** Its own sources, those that it takes from other packages, and the versions of its libraries. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  const files = [join(folder, 'package.json'), join(folder, 'vite.config.ts'), join(root, 'package-lock.json')];
  for (const place of ['apps/console/app', 'packages/domain/src/money', 'packages/application/src/read']) {
    files.push(...filesIn(join(root, place)));
  }
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

function filesIn(place: string): readonly string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
