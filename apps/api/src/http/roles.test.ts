// What a process of each role answers, for every operation of the document.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApi, type ApiUnderTest } from '../testing/api-under-test.ts';
import { clientOf } from '../testing/client.ts';
import { documentOf } from '../testing/document.ts';

const bodies: Readonly<Record<string, object>> = {
  createPayment: { amount: 1, currency: 'EUR' },
  processPayment: { method: 'test_approve' },
  settlePayment: { outcome: 'failed', reason: 'x' },
};
/** Ask for the scope to write, refund or administer, and change a payment. */
const commands = [
  ...['createPayment', 'updatePayment', 'deletePayment', 'processPayment', 'cancelPayment', 'settlePayment'],
  ...['refundPayment', 'erasePersonalData', 'importPayments'],
];

describe.each(['command', 'query', 'worker'] as const)('a process with the role %s', (role) => {
  let api: ApiUnderTest;

  beforeAll(async () => {
    api = await openApi({ server: { role } });
  });

  afterAll(() => api.close());

  it('refuses the work of the others, and nothing else', async () => {
    const { operations } = await documentOf(api);
    const client = clientOf(api);
    const served = { command: [] as string[], query: [] as string[], other: [] as string[] };
    for (const { method, path, operation } of operations) {
      const { operationId, security, tags } = operation;
      const kind =
        security !== undefined || tags.includes('Storage')
          ? 'other'
          : commands.includes(operationId)
            ? 'command'
            : 'query';
      // An endless answer, and work that takes its time: who may ask is decided before both.
      if (operationId === 'streamEvents' && role === 'query') continue;
      const payload = bodies[operationId];
      const url = path.replace('{id}', crypto.randomUUID()).replace('{correlationId}', 'x');
      const answer = await client.send({ method, url, ...(payload !== undefined && { payload }) });
      const isRefused = answer.statusCode === 421;
      expect(isRefused, `${method} ${path}`).toBe(kind !== 'other' && kind !== role);
      if (isRefused) expect(answer.json()).toMatchObject({ code: 'wrong_role', status: 421 });
      served[kind].push(operationId);
    }
    expect(served.command.sort()).toEqual([...commands].sort());
    expect(served.query.length).toBeGreaterThan(12);
  });

  it('asks for a key first', async () => {
    const answers = await Promise.all([
      api.app.inject('/v1/payments'),
      api.app.inject({ method: 'POST', url: '/v1/payments', payload: { amount: 1, currency: 'EUR' } }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  });
});
