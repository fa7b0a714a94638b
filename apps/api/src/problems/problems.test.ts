// The table of problems is whole, and docs/errors.md is what it says.

import { InvalidMessage, PortFailure, portFailureCodes, rejectionCodes } from '@paystrata/application';
import { describe, expect, it } from 'vitest';
import { HttpProblem } from './http-problem.ts';
import { problemOf } from './problem-of.ts';
import { failureKinds, httpKinds, problemKinds, rejectionKinds } from './problem-table.ts';
import { problemsMarkdown } from './problems-markdown.ts';
import { problemsPage } from './problems-page.ts';
import { Refused } from './refused.ts';

const request = { requestId: 'r-1', statedVersion: false };

describe('the table', () => {
  it('has every code of a refusal and of a failure, and no other', () => {
    expect(Object.keys(rejectionKinds).sort()).toEqual([...rejectionCodes].sort());
    expect(Object.keys(failureKinds).sort()).toEqual([...portFailureCodes].sort());
  });

  it('says of each what it means and what to do, in sentences', () => {
    for (const [code, { status, meaning, remedy }] of Object.entries(problemKinds)) {
      expect(status, code).toBeGreaterThanOrEqual(400);
      expect(meaning, code).toMatch(/^[A-Z].{8,}\.$/);
      expect(remedy, code).toMatch(/^[`A-Z].{5,}\.$/);
    }
  });
});

describe('the pages', () => {
  it('docs/errors.md is made of the table (vitest -u writes it)', async () => {
    await expect(problemsMarkdown()).toMatchFileSnapshot('../../../../docs/errors.md');
    for (const code of Object.keys(problemKinds)) expect(problemsMarkdown()).toContain(`\n### ${code}\n`);
  });

  it('/docs/errors has an anchor for each code, where `type` leads to', () => {
    for (const code of Object.keys(problemKinds)) expect(problemsPage).toContain(`id="${code}"`);
  });
});

describe('problemOf', () => {
  it.each(rejectionCodes.map((code) => [code] as const))('answers the refusal %s by its code', (code) => {
    const rejection = { code, message: 'why', param: 'amount', details: { most: 1 } };
    const { problem } = problemOf(new Refused(rejection), request);
    expect(problem).toMatchObject({ code, detail: 'why', param: 'amount', details: { most: 1 }, requestId: 'r-1' });
    expect(problem.status).toBe(rejectionKinds[code].status);
  });

  it.each(portFailureCodes.map((code) => [code] as const))('answers the failure %s by its code', (code) => {
    const { problem } = problemOf(new PortFailure(code, 'why'), { ...request, statedVersion: true });
    expect([problem.code, problem.status]).toEqual([code, failureKinds[code].status]);
  });

  it('tells nothing of the inside with a 5xx', () => {
    const inside = 'connect ECONNREFUSED /var/lib/pay.db password=hunter2';
    for (const error of [new Error(inside), new PortFailure('STORE_UNAVAILABLE', inside), inside, null]) {
      const { problem } = problemOf(error, request);
      expect(problem.status).toBeGreaterThanOrEqual(500);
      expect(JSON.stringify(problem)).not.toMatch(/ECONNREFUSED|hunter2|\.ts:/);
    }
  });

  it('asks to come back after a 503', () => {
    expect(problemOf(new PortFailure('POSITION_TIMEOUT', 'late'), request).headers).toEqual({ 'retry-after': '1' });
  });

  it('answers a lost race 412 where a version was stated, else 409', () => {
    const lost = new PortFailure('WRONG_EXPECTED_VERSION', 'at 2', { details: { actual: 2 } });
    expect(problemOf(lost, request).problem.status).toBe(409);
    expect(problemOf(lost, { ...request, statedVersion: true }).problem.status).toBe(412);
  });

  it('lists everything that is malformed', () => {
    const issues = [
      { path: 'amount', message: 'must be a number' },
      { path: '', message: 'has an unknown key' },
    ];
    const { problem } = problemOf(new InvalidMessage('CreatePayment', issues), request);
    expect(problem).toMatchObject({ param: 'amount', detail: 'amount: must be a number; has an unknown key' });
    expect(problem.errors).toHaveLength(2);
  });

  it.each([
    [400, 'malformed_request'],
    [413, 'body_too_large'],
    [415, 'unsupported_media_type'],
    [431, 'headers_too_large'],
    [503, 'shutting_down'],
    [418, 'internal_error'],
  ] as const)('knows errors of the framework by their status %d', (statusCode, code) => {
    const error = Object.assign(new Error('Body is too large'), { statusCode });
    expect(problemOf(error, request).problem).toMatchObject({ code, status: httpKinds[code].status });
  });

  it('carries the headers of a problem', () => {
    const problem = new HttpProblem('unauthorized', 'no key', { headers: { 'www-authenticate': 'Bearer' } });
    expect(problemOf(problem, request).headers).toEqual({ 'www-authenticate': 'Bearer' });
  });
});
