// The example of the README, word for word.

import { commandContext, createCommandBus, createEffectRunner, createQueryBus } from '@paystrata/application';
import { createSandboxGateway, createUuidV7Ids, queryContext } from '@paystrata/application';
import { parseOrganizationId, silentLogger, systemClock as clock } from '@paystrata/application';
import { createMemoryCqrsStrategy } from '../../index.ts';

const ids = createUuidV7Ids(clock);
const strategy = createMemoryCqrsStrategy({ clock, ids });
await strategy.start();

const effects = createEffectRunner({ strategy, clock, gateway: createSandboxGateway(), logger: silentLogger });
const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 1_000_000n });
const queries = createQueryBus(strategy);

// A handler of events. The command that it gives carries the event as its cause.
strategy.events.subscribe({ name: 'charge', types: ['PaymentCreated'] }, async ({ organizationId, paymentId }) => {
  await commands.execute(
    { type: 'ProcessPayment', paymentId, method: 'test_approve' },
    commandContext({ organizationId }, ids),
  );
});

const organizationId = parseOrganizationId('acme');
if (organizationId === undefined) throw new Error('not the slug of an organization');
await commands.execute(
  { type: 'CreatePayment', amount: 12_999, currency: 'EUR', description: 'June bill' },
  commandContext({ organizationId }, ids),
);
await strategy.events.settled();
await strategy.maintenance.run('synchronize', { kind: 'all' });

export const statistics = await queries.execute(
  { type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' },
  queryContext({ organizationId }, ids),
);
export const projected = strategy.projections.statistics.status();
await strategy.stop();
