// `npm test`, `npm run check` and `npm run proof`: runs the steps of one of them, all of them even if one fails, and
// closes with the sum of the tests. Exit 1 if a step failed or no test ran. Tests are shown as they run; what only
// reads the sources runs beside them, and is shown between two steps of tests.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeProofReport } from './proof-report.ts';
import { type Tally, add, brokenRun, nothing, summaryLine, tallyOf } from './test-tally.ts';

const root = join(import.meta.dirname, '..');
const reports = join(root, 'node_modules', '.cache', 'test-reports');

interface Plan {
  readonly beside: readonly string[];
  readonly tests: readonly string[];
}

// The whole lint holds the boundaries of the layers too: `npm run boundaries` is for who wants to know in seconds.
const beside = ['lint', 'types', 'format:check', 'dead'];
const plans: Readonly<Record<string, Plan>> = {
  check: { beside, tests: ['test:fast'] },
  test: { beside, tests: ['test:fast', 'test:int', 'test:e2e'] },
  // The same tests with full figures (PAYSTRATA_PROOF), and those that are too long for every run.
  proof: { beside: [], tests: ['test:int', 'test:e2e', 'test:proof'] },
};

interface Outcome {
  readonly failed: boolean;
  readonly tally: Tally;
  /** What the step wrote, where it was not shown at once. */
  readonly output: string;
}

interface Ended extends Outcome {
  readonly step: string;
  readonly seconds: number;
}

const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
process.exitCode = await runPlan(process.argv[2] ?? '', process.argv.slice(3));

async function runPlan(name: string, filters: readonly string[]): Promise<number> {
  const plan = plans[name];
  if (plan === undefined) throw new Error(`no plan ${name}: one of ${Object.keys(plans).join(', ')}`);
  if (name === 'proof') process.env['PAYSTRATA_PROOF'] = 'full';
  const shown: Ended[] = [];
  const held: Ended[] = [];
  const showHeld = (): void => {
    held.forEach(show);
    shown.push(...held.splice(0));
  };
  const readers = inTurn(plan.beside, runStep, (ended) => held.push(ended));
  await inTurn(
    plan.tests,
    (step) => runTests(step, filters),
    (ended) => {
      held.unshift(ended);
      showHeld();
    },
  );
  await readers;
  showHeld();
  if (name === 'proof') console.log(`Report: ${writeProofReport() ?? 'none, no full figure was reached'}`);
  return conclude(shown);
}

async function inTurn(
  steps: readonly string[],
  run: (step: string) => Promise<Outcome>,
  end: (ended: Ended) => void,
): Promise<void> {
  for (const step of steps) {
    const started = performance.now();
    const outcome = await run(step);
    end({ step, ...outcome, seconds: (performance.now() - started) / 1000 });
  }
}

function show({ step, failed, output, seconds }: Ended): void {
  process.stdout.write(output);
  console.log(`${failed ? 'FAILED' : 'ok'} ${step} (${seconds.toFixed(1)} s)`);
}

function conclude(ended: readonly Ended[]): number {
  const failed = ended.filter((each) => each.failed).map(({ step }) => step);
  const tally = ended.reduce((sum, each) => add(sum, each.tally), nothing);
  if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}. Each runs alone: npm run ${failed[0] ?? ''}`);
  const noTests = tally.passed + tally.failed === 0;
  if (noTests) console.log('No test ran.');
  console.log(summaryLine(tally));
  return failed.length > 0 || tally.failed > 0 || noTests ? 1 : 0;
}

/** Its output is held, since the tests beside it are being shown. */
async function runStep(step: string): Promise<Outcome> {
  const { code, output } = await npmRun(step, [], 'pipe');
  return { failed: code !== 0, tally: nothing, output };
}

/** A run that failed without a report, or that failed though every test passed, counts as one failure. */
async function runTests(step: string, filters: readonly string[]): Promise<Outcome> {
  const report = join(reports, `${step.replace(':', '-')}-${process.pid}.json`);
  mkdirSync(reports, { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code, output } = await npmRun(step, ['--passWithNoTests', ...reporters, ...filters], 'inherit');
  const tally = readTally(report);
  rmSync(report, { force: true });
  if (tally === undefined) return { failed: code !== 0, tally: code === 0 ? nothing : brokenRun, output };
  const unexplained = code !== 0 && tally.failed === 0;
  return { failed: code !== 0 || tally.failed > 0, tally: unexplained ? add(tally, brokenRun) : tally, output };
}

function readTally(report: string): Tally | undefined {
  try {
    return tallyOf(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Runs a script of package.json through the npm that runs us; answers its exit code, and what it wrote into a pipe. */
function npmRun(script: string, args: readonly string[], stdio: 'inherit' | 'pipe'): Promise<Ran> {
  const npm = process.env['npm_execpath'];
  const [program, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(program, [...first, 'run', '--silent', script, '--', ...args], {
    cwd: root,
    stdio: ['inherit', stdio, stdio],
    env: stdio === 'pipe' ? { ...process.env, ...color } : process.env,
  });
  running.add(child);
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: Buffer.concat(parts).toString() });
    });
  });
}

interface Ran {
  readonly code: number;
  readonly output: string;
}

function stop(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
  process.exit(signal === 'SIGINT' ? 130 : 143);
}
