// Makes a clone ready and then runs a program under Node 24. Plain JavaScript without dependencies, because it is what
// an older Node of the machine runs first: `node scripts/setup.mjs [PROGRAM.ts ARGS…]`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const leastMajor = 24;

if (!isInstalled()) install();
const [program, ...args] = process.argv.slice(2);
if (program !== undefined) run(nodeProgram(), program, args);

/**
 * npm writes its record of the installed tree last, so an install that was broken off has none, and one of an older
 * lockfile differs from it. Optional packages of other platforms may be missing.
 */
function isInstalled() {
  const recordFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordFile) || nodeProgram() === undefined) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(recordFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = present[path];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** The very npm that started us, so that no second one is looked up; on the path otherwise. */
function install() {
  process.stderr.write('Installing what package-lock.json names (npm ci) …\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const result =
    npm === undefined
      ? spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...args], options);
  if (result.error !== undefined || result.status !== 0) {
    fail(`npm ci failed (${result.error?.message ?? `exit ${result.status}`}): see its output above.`);
  }
  if (!isInstalled()) fail('npm ci ended well, but node_modules is not what package-lock.json names.');
}

/** The Node 24 that npm installed for this platform, else the one that runs us if it is new enough. */
function nodeProgram() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]) {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (existsSync(manifest)) return join(dirname(manifest), Object.values(require(manifest).bin)[0]);
  }
  return Number.parseInt(process.versions.node, 10) >= leastMajor ? process.execPath : undefined;
}

/** Runs the program with workspace packages resolved to their sources, hands signals on, and ends as it ends. */
function run(node, file, args) {
  if (node === undefined)
    fail(`Node ${leastMajor} is needed, and npm has none for ${process.platform}-${process.arch}.`);
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(process.platform === 'win32' ? ';' : ':');
  const child = spawn(node, ['--conditions=@paystrata/source', join(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm hands SIGTERM to its shell only, which dies without passing it on: then nobody waits for the program any more.
  const shell = process.ppid;
  setInterval(() => process.ppid === shell || child.kill('SIGTERM'), 250).unref();
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

/** @returns {never} */
function fail(message) {
  process.stderr.write(`paystrata: ${message}\n`);
  process.exit(1);
}
