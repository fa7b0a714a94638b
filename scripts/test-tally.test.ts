// The closing line of `npm test` must tell the truth, above all when something broke.

import { describe, expect, it } from 'vitest';
import { add, brokenRun, nothing, summaryLine, tallyOf } from './test-tally.ts';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((t) => ({ status: t })) });
const report = (passed: number, failed: number, skipped: number, ...testResults: object[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  numTodoTests: 0,
  testResults,
});

describe('the tally of the tests', () => {
  it('adds several runs into one line', () => {
    const fast = tallyOf(report(2, 0, 0, file('passed', 'passed', 'passed')));
    const int = tallyOf(report(1, 1, 0, file('failed', 'passed', 'failed')));
    expect(summaryLine(add(fast, int))).toBe('3 passed, 1 failed');
  });

  it('names skipped tests only where there are any', () => {
    expect(summaryLine(nothing)).toBe('0 passed, 0 failed');
    expect(summaryLine(tallyOf(report(1, 0, 2, file('passed', 'passed'))))).toBe('1 passed, 0 failed, 2 skipped');
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(tallyOf(report(0, 0, 0, file('failed'))).failed).toBe(1);
    expect(tallyOf(report(0, 1, 0, file('failed', 'failed'))).failed).toBe(1);
  });

  it('counts a run that broke as a failure', () => {
    expect(summaryLine(add(nothing, brokenRun))).toBe('0 passed, 1 failed');
  });

  it('refuses what is not a report', () => {
    expect(() => tallyOf({})).toThrow('testResults');
    expect(() => tallyOf({ testResults: [] })).toThrow('numPassedTests');
  });
});
