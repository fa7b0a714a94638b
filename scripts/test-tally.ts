// Counts the tests of several vitest runs from their JSON reports, for the one line that closes `npm test`.

/** How many tests of one or more runs passed, failed or did not run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

/** A run that broke without naming a failed test: it must never look like "0 failed". */
export const brokenRun: Tally = { passed: 0, failed: 1, skipped: 0 };

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** `12 passed, 0 failed`, and `, 1 skipped` only if any. */
export function summaryLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * The tally of one JSON report. A test file that failed as a whole (it could not be loaded) counts as one failure.
 *
 * @throws Error where the report is not one of vitest.
 */
export function tallyOf(report: unknown): Tally {
  const brokenFiles = list(report, 'testResults').filter(
    (file) => field(file, 'status') === 'failed' && !list(file, 'assertionResults').some(isFailed),
  );
  return {
    passed: count(report, 'numPassedTests'),
    failed: count(report, 'numFailedTests') + brokenFiles.length,
    skipped: count(report, 'numPendingTests') + count(report, 'numTodoTests'),
  };
}

function isFailed(test: unknown): boolean {
  return field(test, 'status') === 'failed';
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Object.entries(of).find(([key]) => key === name)?.[1] : undefined;
}

function list(of: unknown, name: string): readonly unknown[] {
  const value = field(of, name);
  if (!Array.isArray(value)) throw new Error(`the report has no list ${name}`);
  return value;
}

function count(of: unknown, name: string): number {
  const value = field(of, name);
  if (typeof value !== 'number') throw new Error(`the report has no number ${name}`);
  return value;
}
