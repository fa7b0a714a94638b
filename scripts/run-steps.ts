// `npm test`, `npm run check` and `npm run proof`: runs the steps of one of them, all of them even if one fails, and
// closes with the sum of the tests. Exit 1 if a step failed or no test ran.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Tally, add, brokenRun, nothing, summaryLine, tallyOf } from './test-tally.ts';

const root = join(import.meta.dirname, '..');
const reports = join(root, 'node_modules', '.cache', 'test-reports');

const check = ['format:check', 'boundaries', 'lint', 'types', 'dead', 'test:fast'];
const plans: Readonly<Record<string, readonly string[]>> = {
  check,
  test: [...check, 'test:int', 'test:e2e'],
  // The same tests with full figures (PAYSTRATA_PROOF), and those that are too long for every run.
  proof: ['test:int', 'test:e2e', 'test:proof'],
};

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
process.exitCode = await runPlan(process.argv[2] ?? '', process.argv.slice(3));

async function runPlan(name: string, filters: readonly string[]): Promise<number> {
  const steps = plans[name];
  if (steps === undefined) throw new Error(`no plan ${name}: one of ${Object.keys(plans).join(', ')}`);
  if (name === 'proof') process.env['PAYSTRATA_PROOF'] = 'full';
  const failed: string[] = [];
  let tally = nothing;
  for (const step of steps) {
    const started = performance.now();
    const outcome = step.startsWith('test:') ? await runTests(step, filters) : await runStep(step);
    if (outcome.failed) failed.push(step);
    tally = add(tally, outcome.tally);
    console.log(`${outcome.failed ? 'FAILED' : 'ok'} ${step} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
  if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}. Each runs alone: npm run ${failed[0] ?? ''}`);
  const noTests = tally.passed + tally.failed === 0;
  if (noTests) console.log('No test ran.');
  console.log(summaryLine(tally));
  return failed.length > 0 || tally.failed > 0 || noTests ? 1 : 0;
}

interface Outcome {
  readonly failed: boolean;
  readonly tally: Tally;
}

async function runStep(step: string): Promise<Outcome> {
  return { failed: (await npmRun(step, [])) !== 0, tally: nothing };
}

/** A run that failed without a report, or that failed though every test passed, counts as one failure. */
async function runTests(step: string, filters: readonly string[]): Promise<Outcome> {
  const report = join(reports, `${step.replace(':', '-')}-${process.pid}.json`);
  mkdirSync(reports, { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await npmRun(step, ['--passWithNoTests', ...reporters, ...filters]);
  const tally = readTally(report);
  rmSync(report, { force: true });
  if (tally === undefined) return { failed: code !== 0, tally: code === 0 ? nothing : brokenRun };
  const unexplained = code !== 0 && tally.failed === 0;
  return { failed: code !== 0 || tally.failed > 0, tally: unexplained ? add(tally, brokenRun) : tally };
}

function readTally(report: string): Tally | undefined {
  try {
    return tallyOf(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Runs a script of package.json through the npm that runs us; answers its exit code. */
function npmRun(script: string, args: readonly string[]): Promise<number> {
  const npm = process.env['npm_execpath'];
  const [program, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const child = spawn(program, [...first, 'run', '--silent', script, '--', ...args], { cwd: root, stdio: 'inherit' });
  running.add(child);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

function stop(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
  process.exit(signal === 'SIGINT' ? 130 : 143);
}
