// memory-cqrs beside memory-cqs and NestJS with the same handlers: commands, queries with and without cache, rebuilds.

import {
  commandContext,
  createCommandBus,
  createEffectRunner,
  createSandboxGateway,
  createUuidV7Ids,
  everyPayment,
  parseOrganizationId,
  readLog,
  silentLogger,
  strategyFromStore,
  systemClock,
  type CommandBus,
  type CommandContext,
  type Payment,
  type SearchPayments,
  type Strategy,
} from '@paystrata/application';
import { evolve, type OrganizationId } from '@paystrata/domain';
import { createMemoryCqrsStrategy, createMemoryCqsStrategy, createMemoryStore } from '@paystrata/infra-inmemory';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { Create, Search, startNestCqrs } from '../peers/nest-cqrs.ts';

const COMMANDS = 10_000;
const PAYMENTS = `${COMMANDS.toLocaleString('en-US')} payments`;
const QUERIES = 20_000;
/** NestJS looks at every payment. */
const SLOW_QUERIES = 20;

const clock = systemClock;
const ids = createUuidV7Ids(clock);

interface Application {
  readonly strategy: Strategy;
  readonly commands: CommandBus;
}

async function start(strategy: Strategy): Promise<Application> {
  await strategy.start();
  const effects = createEffectRunner({ strategy, clock, gateway: createSandboxGateway(), logger: silentLogger });
  return { strategy, commands: createCommandBus({ strategy, effects, ids, clock, maxAmount: 10n ** 12n }) };
}

const startCqrs = (cacheTtlSeconds = 300) => start(createMemoryCqrsStrategy({ clock, ids, cacheTtlSeconds }));
const startCqs = () => start(createMemoryCqsStrategy({ clock, ids }));

const bench = organization('bench');

function organization(slug: string): OrganizationId {
  const id = parseOrganizationId(slug);
  if (id === undefined) throw new Error(`${slug} is not an organization id`);
  return id;
}

const context = (): CommandContext => commandContext({ organizationId: bench, actor: 'bench' }, ids);
const creation = (n: number) => ({
  ...{ type: 'CreatePayment' as const, amount: 100 + (n % 1000), currency: 'EUR', description: `bill ${n % 100}` },
});

async function fill({ commands, strategy }: Application): Promise<void> {
  for (let n = 0; n < COMMANDS; n++) await commands.execute(creation(n), context());
  if (strategy.maintenance.actions.includes('synchronize'))
    await strategy.maintenance.run('synchronize', { kind: 'all' });
}

/** As payments go: each is processed soon after it was created, and half of them are refunded. */
async function fillProcessed({ commands, strategy }: Application): Promise<void> {
  for (let n = 0; n < COMMANDS; n++) {
    const created = await commands.execute(creation(n), context());
    if (!created.ok) throw new Error(created.rejection.message);
    const { paymentId } = created.receipt;
    await commands.execute({ type: 'ProcessPayment', paymentId, method: 'test_approve' }, context());
    if (n % 2 === 0) await commands.execute({ type: 'RefundPayment', paymentId, reason: null }, context());
  }
  await strategy.maintenance.run('synchronize', { kind: 'all' });
}

/** All commands, and until every projection has them: what is put off is work too. */
function creating(name: string, open: () => Promise<Application>, isWhole: boolean): Contender {
  return {
    name,
    prepare: async () => {
      const application = await open();
      return {
        run: async () => {
          for (let n = 0; n < COMMANDS; n++) await application.commands.execute(creation(n), context());
          if (isWhole) await application.strategy.maintenance.run('synchronize', { kind: 'all' });
          return COMMANDS;
        },
        dispose: () => application.strategy.stop(),
      };
    },
  };
}

async function startNest() {
  const store = createMemoryStore();
  const application = await start(strategyFromStore({ store, ids, clock }));
  const nest = await startNestCqrs(application.commands);
  return { nest, store, stop: async () => Promise.all([nest.close(), application.strategy.stop()]) };
}

const nestCreating: Contender = {
  name: '@nestjs/cqrs: the same handler and log, its projection a Map',
  prepare: async () => {
    const { nest, stop } = await startNest();
    return {
      run: async () => {
        for (let n = 0; n < COMMANDS; n++) await nest.commands.execute(new Create(creation(n), context()));
        return COMMANDS;
      },
      dispose: async () => void (await stop()),
    };
  },
};

/** A hundred different questions, asked in turns. */
const searches: readonly SearchPayments[] = Array.from({ length: 100 }, (_, n) => ({
  ...{ type: 'SearchPayments', limit: 10, cursor: null, page: null, sort: { by: 'amount', descending: true } },
  filter: { ...everyPayment, text: `bill ${n}` },
}));

function asking(name: string, open: () => Promise<Application>): Contender {
  return {
    name,
    prepare: async () => {
      const { strategy, commands } = await open();
      await fill({ strategy, commands });
      return {
        run: async () => {
          for (let n = 0; n < QUERIES; n++) {
            const query = searches[n % searches.length];
            if (query !== undefined)
              await strategy.read.search(query, { organizationId: bench, atLeast: null, timeoutMs: 0 });
          }
          return QUERIES;
        },
        dispose: () => strategy.stop(),
      };
    },
  };
}

const nestAsking: Contender = {
  name: '@nestjs/cqrs: a handler that looks at every payment',
  prepare: async () => {
    const { nest, store, stop } = await startNest();
    for (let n = 0; n < COMMANDS; n++) await nest.commands.execute(new Create(creation(n), context()));
    const source = { organizationId: bench, epoch: store.epoch(), position: COMMANDS };
    return {
      run: async () => {
        for (const query of searches.slice(0, SLOW_QUERIES)) await nest.queries.execute(new Search(query, source));
        return SLOW_QUERIES;
      },
      dispose: async () => void (await stop()),
    };
  },
};

function analysing(name: string, open: () => Promise<Application>, times: number): Contender {
  const query = { type: 'PaymentAnalytics', filter: everyPayment, interval: 'day', timezone: 'Europe/Paris' } as const;
  return {
    name,
    prepare: async () => {
      const { strategy, commands } = await open();
      await fill({ strategy, commands });
      return {
        run: async () => {
          for (let n = 0; n < times; n++) {
            await strategy.read.analytics(query, { organizationId: bench, atLeast: null, timeoutMs: 0 });
          }
          return times;
        },
        dispose: () => strategy.stop(),
      };
    },
  };
}

function rebuilding(
  name: string,
  rebuild: (strategy: ReturnType<typeof createMemoryCqrsStrategy>) => Promise<unknown>,
  fillWith = fill,
) {
  return {
    name,
    prepare: async () => {
      const strategy = createMemoryCqrsStrategy({ clock, ids });
      await fillWith(await start(strategy));
      const { next: events } = await strategy.log.readAll({ direction: 'backward', from: null, limit: 1 });
      return {
        run: async () => {
          await rebuild(strategy);
          return events;
        },
        dispose: () => strategy.stop(),
      };
    },
  };
}

async function rawLoop({ log }: Strategy): Promise<number> {
  const payments = new Map<string, Payment>();
  for await (const event of readLog(log)) {
    payments.set(event.paymentId, evolve(payments.get(event.paymentId) ?? null, event));
  }
  return payments.size;
}

export async function benchCqrs(): Promise<readonly ComparisonResult[]> {
  const rounds = 5;
  return [
    await compare({
      ...{ title: 'create a payment', unit: 'commands', rounds },
      contenders: [
        creating('memory-cqrs, until acknowledged', () => startCqrs(), false),
        creating('memory-cqrs, until all projections have it', () => startCqrs(), true),
        creating('memory-cqs', startCqs, false),
        nestCreating,
      ],
    }),
    await compare({
      ...{ title: `search ${PAYMENTS} by text, sorted by amount`, unit: 'queries', rounds },
      contenders: [
        asking('memory-cqrs with its cache', () => startCqrs()),
        asking('memory-cqrs without', () => startCqrs(0)),
        asking('memory-cqs', startCqs),
        nestAsking,
      ],
    }),
    await compare({
      ...{ title: `analytics of ${PAYMENTS} by day`, unit: 'queries', rounds },
      contenders: [
        analysing('memory-cqrs with its cache', () => startCqrs(), QUERIES),
        analysing('memory-cqrs without', () => startCqrs(0), SLOW_QUERIES),
        analysing('memory-cqs', startCqs, SLOW_QUERIES),
      ],
    }),
    await compare({
      ...{ title: `rebuild projections of ${PAYMENTS}`, unit: 'events', rounds },
      contenders: [
        rebuilding('the projection of payments', ({ projections }) => projections.payments.rebuild()),
        rebuilding('the projection of statistics', ({ projections }) => projections.statistics.rebuild()),
        rebuilding('all four', ({ maintenance }) => maintenance.run('rebuild', { kind: 'all' })),
        rebuilding('a raw loop over the log into a Map', rawLoop),
      ],
    }),
    await compare({
      ...{ title: `rebuild projections of ${PAYMENTS}, processed and half of them refunded`, unit: 'events', rounds },
      contenders: [
        rebuilding('the projection of payments', ({ projections }) => projections.payments.rebuild(), fillProcessed),
        rebuilding('a raw loop over the log into a Map', rawLoop, fillProcessed),
      ],
    }),
  ];
}
