// Runs ESLint, after making sure that nx's boundary rule has the project graph without which it would be skipped.
// `node scripts/lint.ts [--boundaries] [FILES and options of ESLint…]`; --boundaries checks the layers only, in seconds.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';

const root = join(import.meta.dirname, '..');
const [first, ...rest] = process.argv.slice(2);
const onlyBoundaries = first === '--boundaries';
const given = onlyBoundaries || first === undefined ? rest : [first, ...rest];

await refreshProjectGraph();
process.exit(eslint(given));

/** Fails where a workspace package has no layer: a package without one could import whatever it likes. */
async function refreshProjectGraph(): Promise<void> {
  Object.assign(process.env, { NX_DAEMON: 'false', NX_NO_CLOUD: 'true' });
  const graph = await createProjectGraphAsync({ exitOnError: true, resetDaemonClient: true });
  const projects = Object.values(graph.nodes).filter((project) => project.data.root !== '.');
  const without = projects.filter((project) => !project.data.tags?.some((tag) => tag.startsWith('layer:')));
  if (projects.length > 0 && without.length === 0) return;
  console.error(`No layer (nx.tags in package.json): ${without.map((project) => project.data.root).join(', ')}`);
  process.exit(1);
}

/** ESLint's own program, because nx's rule reads the graph once a run only when it sees that name. */
function eslint(args: readonly string[]): number {
  const config = onlyBoundaries ? ['--config', 'eslint.boundaries.config.js'] : [];
  const targets = args.some((arg) => !arg.startsWith('-')) ? [] : ['.'];
  const program = join(root, 'node_modules', 'eslint', 'bin', 'eslint.js');
  const run = spawnSync(process.execPath, [program, ...config, ...args, ...targets], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  process.stdout.write(run.stdout);
  process.stderr.write(run.stderr);
  if (!run.stdout.includes('The rule will be skipped')) return run.status ?? 1;
  console.error('The boundaries of the layers were not checked: nx found no project graph.');
  return 1;
}
