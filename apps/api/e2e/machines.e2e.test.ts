// Two machines on one PostgreSQL, with the keys of personal data in another database: what one does, the other knows.

import { createApiKey, parseOrganizationId, type PaymentView } from '@paystrata/application';
import type { Composition } from '@paystrata/composition';
import { startPostgres, type PostgresServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startMachine, type Machine } from './machine.ts';
import { asker, composeIn, newFolder } from './running-server.ts';

let postgres: PostgresServer;
let storage: { readonly databaseUrl: string; readonly keyring: string };
let machines: readonly [Machine, Machine];
let ask: readonly [ReturnType<typeof asker>, ReturnType<typeof asker>];
/** A command line on a third machine. */
let commandLine: Composition;
const folder = newFolder();

const start = () =>
  startMachine({ log: { level: 'silent' }, server: { port: 0 }, limits: { ratePerSecond: 0 }, storage });

beforeAll(async () => {
  postgres = await startPostgres();
  storage = { databaseUrl: await postgres.createDatabase(), keyring: await postgres.createDatabase() };
  machines = await Promise.all([start(), start()]);
  commandLine = await composeIn(folder.path, { storage });
  const key = machines[0].firstKey ?? machines[1].firstKey ?? '';
  ask = [asker(machines[0].url, key), asker(machines[1].url, key)];
});

afterAll(async () => {
  await Promise.all(machines.map((machine) => machine.kill()));
  await commandLine.stop();
  await postgres.stop();
  folder.remove();
});

async function paymentOf(answer: Response, status: number): Promise<PaymentView> {
  const text = await answer.text();
  expect(answer.status, text).toBe(status);
  return JSON.parse(text) as PaymentView;
}

const payment = (reference: string) => ({ amount: 1299, currency: 'EUR', reference });

it('makes one first key, though both start at once', () => {
  expect(machines.filter(({ firstKey }) => firstKey !== null)).toHaveLength(1);
});

it('knows on every machine, within a second, of a key that a third one made or revoked', async () => {
  const { apiKeys, clock } = commandLine;
  const organizationId = parseOrganizationId('acme') ?? '*';
  const { key, id } = await createApiKey(apiKeys, { organizationId, scopes: ['read'], now: clock.now() });
  const asks = machines.map(({ url }) => asker(url, key));
  for (const each of asks) expect((await each('GET', '/v1/payments')).status).toBe(200);
  await apiKeys.revoke(id, clock.now());
  for (const each of asks) {
    await vi.waitFor(async () => expect((await each('GET', '/v1/payments')).status).toBe(401), { timeout: 1000 });
  }
});

it('makes one payment of a request that both get at once', async () => {
  const keys = Array.from({ length: 20 }, (_, index) => `both-${index}`);
  const answers = keys.map(async (key) => {
    const body = { amount: 500, currency: 'EUR', metadata: { key } };
    const both = await Promise.all(ask.map((each) => each('POST', '/v1/payments', body, { 'idempotency-key': key })));
    return Promise.all(both.map((answer) => paymentOf(answer, 201)));
  });
  for (const [one, other] of await Promise.all(answers)) expect(other?.id).toBe(one?.id);
});

it('reads on one machine at once what the other has acknowledged', async () => {
  for (let round = 0; round < 30; round++) {
    const [writer, reader] = round % 2 === 0 ? ask : [ask[1], ask[0]];
    const created = await writer('POST', '/v1/payments', payment(`read-${round}`));
    const position = String(created.headers.get('paystrata-position'));
    const { id } = await paymentOf(created, 201);
    const found = await reader('GET', `/v1/payments/${id}`, undefined, { 'paystrata-position': position });
    expect(await paymentOf(found, 200)).toMatchObject({ reference: `read-${round}` });
  }
});

it('opens on one machine the personal data that the other sealed, until one of them erases it', async () => {
  const customer = { id: 'ada-1', name: 'Ada Lovelace' };
  const { id } = await paymentOf(await ask[0]('POST', '/v1/payments', { ...payment('personal'), customer }), 201);
  expect(await (await ask[1]('GET', `/v1/payments/${id}/events`)).text()).toContain('Ada Lovelace');
  const erased = await ask[1]('POST', `/v1/payments/${id}/erase`, {});
  const headers = { 'paystrata-position': String(erased.headers.get('paystrata-position')) };
  await paymentOf(erased, 200);
  for (const each of ask) {
    expect(await paymentOf(await each('GET', `/v1/payments/${id}`, undefined, headers), 200)).toMatchObject({
      customer: null,
    });
    expect(await (await each('GET', `/v1/payments/${id}/events`, undefined, headers)).text()).not.toContain('Lovelace');
  }
});
