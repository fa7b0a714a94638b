// Canaries: what is secret or could identify a person is sent in every field, and turns up in no line of the log.

import { PortFailure } from '@paystrata/application';

import { createLogger } from '@paystrata/composition';
import { expect, it, vi } from 'vitest';
import { openApi } from '../testing/api-under-test.ts';
import { clientOf } from '../testing/client.ts';

it('logs neither keys nor personal data, at the most talkative level', async () => {
  const lines: string[] = [];
  const logger = createLogger({ level: 'trace', to: { write: (line) => lines.push(line) } });
  const api = await openApi({}, { logger });
  const client = clientOf(api);
  const canary = (field: string) => `canary-${field}`;
  const personal = {
    description: canary('description'),
    reference: canary('reference'),
    customer: { id: canary('id'), name: canary('name'), email: canary('email') },
    metadata: { [canary('key')]: canary('value') },
    userId: canary('user'),
  };
  const { id } = await client.createCompleted(personal);
  await client.post('/v1/payments', { ...personal, amount: 'canary-amount' });
  await client.post('/v1/payments', { amount: 1, currency: 'EUR', reference: canary('reference') });
  await client.patch(`/v1/payments/${id}`, { metadata: { a: canary('patch') } }, { 'if-match': '*' });
  await client.post(
    `/v1/payments/${id}/refunds`,
    { reason: canary('reason') },
    { 'idempotency-key': canary('idempotency') },
  );
  await client.get(`/v1/payments?q=${canary('text')}&customer=${canary('name')}&metadata[a]=${canary('value')}`);
  await client.get(`/v1/suggestions?prefix=${canary('prefix')}`);
  await client.get('/v1/payments', { authorization: `Bearer ${canary('token')}`, cookie: canary('cookie') });
  const down = vi.spyOn(api.composition.strategy.write, 'execute');
  down.mockRejectedValueOnce(new PortFailure('STORE_UNAVAILABLE', 'down'));
  await client.post('/v1/payments', { ...personal, amount: 1, currency: 'EUR' });
  logger.info({ customer: personal.customer, req: { headers: { authorization: api.key } } }, 'somebody logs too much');
  await client.post(`/v1/payments/${id}/erase`);
  await api.close();
  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(15);
  expect(log).toContain('"route":"/v1/payments/:id"');
  expect(log.match(/canary-\w+/g)).toBeNull();
  expect(log).not.toContain(api.key);
  expect(log).not.toContain(api.key.split('_')[2]);
});
