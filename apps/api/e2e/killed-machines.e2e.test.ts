// Machines are killed under load, one after the other, and what was under way is sent again to another with the same
// keys: no payment is doubled, none is lost, and no more was charged than was ordered.

import type { PaymentView } from '@paystrata/application';
import { sandboxLedgerToken, type ConfigOverrides } from '@paystrata/composition';
import { figure, proofTimeoutMs, prove, startPostgres } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { startMachine, type Machine } from './machine.ts';
import { asker, composeIn, newFolder } from './running-server.ts';

const ORDERS = figure(60, 6000);
const KILLS = figure(2, 60);
const LANES = 16;
const property = 'machines killed under load double no payment, and lose none that was answered';

type Storage = NonNullable<ConfigOverrides['storage']>;

/** Two machines on one store; one that is killed is replaced by another. */
async function openInstallation(storage: Storage) {
  const start = () =>
    startMachine({ log: { level: 'silent' }, server: { port: 0 }, limits: { ratePerSecond: 0 }, storage });
  const alive: Machine[] = [await start()];
  const key = alive[0]?.firstKey ?? '';
  alive.push(await start());
  let turn = 0;
  return {
    /** Of one machine after the other, of those that live. */
    ask: () => asker(alive[turn++ % alive.length]?.url ?? '', key),
    killOldest: async () => {
      await alive.shift()?.kill();
      alive.push(await start());
    },
    stop: () => Promise.all(alive.map((machine) => machine.kill())),
  };
}

type Installation = Awaited<ReturnType<typeof openInstallation>>;

/** Sends until it is known what came of it, each time with the same key. */
async function sendUntilKnown({ ask }: Installation, path: string, key: string, body: object): Promise<PaymentView> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const answer = await ask()('POST', path, body, { 'idempotency-key': key }).catch(() => null);
    if (answer === null || answer.status >= 500 || answer.status === 409) continue;
    expect(answer.status, await answer.clone().text()).toBeLessThan(300);
    return (await answer.json()) as PaymentView;
  }
  throw new Error(`${key}: no answer`);
}

async function placeOrders(installation: Installation, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const answered = new Map<string, string>();
  let kills = 0;
  let killing = Promise.resolve();
  const queue = [...names];
  const lane = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      // Without a reference: only the key tells that it is the same payment.
      const body = { amount: 1299, currency: 'EUR', metadata: { order: name } };
      const { id } = await sendUntilKnown(installation, '/v1/payments', `${name}-create`, body);
      const method = { method: 'test_approve' };
      await sendUntilKnown(installation, `/v1/payments/${id}/process`, `${name}-process`, method);
      answered.set(name, id);
      const due = Math.floor((answered.size * (KILLS + 1)) / names.length);
      if (due <= kills || kills === KILLS) continue;
      kills += 1;
      killing = killing.then(() => installation.killOldest());
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await killing;
  expect(kills).toBe(KILLS);
  return answered;
}

async function allPayments({ ask }: Installation): Promise<readonly PaymentView[]> {
  const found: PaymentView[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = (await (await ask()('GET', `/v1/payments?limit=100${after}`)).json()) as {
      readonly data: readonly PaymentView[];
      readonly next: string | null;
    };
    found.push(...page.data);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

const idsByOrder = (payments: readonly PaymentView[]) =>
  payments.map(({ id, metadata }): [string, string] => [metadata['order'] ?? '', id]).sort();

async function prepareStore(store: 'SQLite' | 'PostgreSQL', dataDir: string) {
  if (store === 'SQLite') return { storage: { dataDir }, end: async () => undefined };
  const postgres = await startPostgres();
  const storage = { databaseUrl: await postgres.createDatabase(), keyring: await postgres.createDatabase() };
  return { storage, end: () => postgres.stop() };
}

it.each(['SQLite', 'PostgreSQL'] as const)(`${property}: %s`, { timeout: proofTimeoutMs }, async (store) => {
  const folder = newFolder();
  const { storage, end } = await prepareStore(store, folder.path);
  await prove({ part: 'http-kill', property, store }, async () => {
    const installation = await openInstallation(storage);
    const names = Array.from({ length: ORDERS }, (_, number) => `order-${number}`);
    const answered = await placeOrders(installation, names);
    // Reads may be a little behind the writes of a machine that is gone.
    const listed = async () => idsByOrder(await allPayments(installation));
    await expect.poll(listed, { timeout: 20_000 }).toEqual([...answered].sort());
    const payments = await allPayments(installation);
    await installation.stop();

    const { container, stop } = await composeIn(folder.path, { storage });
    const charged = (await container.resolve(sandboxLedgerToken).entries()).filter(({ moved }) => moved === 1299n);
    await stop();
    const captured = payments.filter(({ status }) => status === 'completed');
    // A charge that a killed machine was about to ask for is looked up later; it is never asked for again.
    expect(charged.length).toBeLessThanOrEqual(ORDERS);
    expect(captured.length).toBeLessThanOrEqual(charged.length);
    expect(captured.length).toBeGreaterThan(ORDERS - KILLS * LANES - 1);
    return `${ORDERS} orders over ${LANES} connections, ${KILLS} kills of one of two machines: one payment each, ${charged.length} charges`;
  });
  await end();
  folder.remove();
});
