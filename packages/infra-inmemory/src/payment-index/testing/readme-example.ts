// The example of the README, word for word.

import { commandContext, createCommandBus, createEffectRunner, createSandboxGateway } from '@paystrata/application';
import { createUuidV7Ids, parseOrganizationId, silentLogger, strategyFromStore } from '@paystrata/application';
import { everyPayment, systemClock as clock, type SearchPayments } from '@paystrata/application';
import { createMemoryStore, createPaymentIndex, feedIndex, followLog, verifyIndex } from '../../index.ts';

// Any strategy with a store will do: its log is what the index is fed from.
const ids = createUuidV7Ids(clock);
const store = createMemoryStore();
const strategy = strategyFromStore({ store, ids, clock });
await strategy.start();
const effects = createEffectRunner({ strategy, clock, gateway: createSandboxGateway(), logger: silentLogger });
const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 1_000_000n });
const organizationId = parseOrganizationId('acme');
if (organizationId === undefined) throw new Error('not the slug of an organization');
const create = (description: string, amount: number) =>
  commands.execute(
    { type: 'CreatePayment', amount, currency: 'EUR', description },
    commandContext({ organizationId }, ids),
  );
await create('compute in June', 12_999);
await create('storage in June', 1_250);

// Up to the end of the log; `followLog` then goes on for as long as it is not stopped.
const index = createPaymentIndex();
const position = await feedIndex(index, store);

const query: SearchPayments = {
  ...{ type: 'SearchPayments', limit: 10, cursor: null, page: null },
  filter: { ...everyPayment, text: 'june', minAmount: 2_000n },
  sort: { by: 'amount', descending: true },
};
const source = { organizationId, epoch: store.epoch(), position };
export const page = index.search(query, source);
export const explanation = index.explain(query, source);
export const statistics = index.statistics(organizationId, {
  ...{ type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' },
});

const follower = followLog(index, store, { clock, intervalMs: 5, onFailure: console.error });
await create('network in June', 700);
while (follower.position() < store.position()) await clock.sleep(5);
await follower.stop();
export const problems: string[] = [];
for await (const { fault } of verifyIndex(() => index, store)) problems.push(fault);
export const held = index.memory();
await strategy.stop();
