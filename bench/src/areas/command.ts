// A whole command in memory: validation, decision, log and state, beside bare dispatch and a bare map.

import {
  commandContext,
  createCommandBus,
  createEffectRunner,
  createSandboxGateway,
  createUuidV7Ids,
  parseOrganizationId,
  silentLogger,
  systemClock,
  type CommandBus,
  type CommandContext,
  type PaymentId,
} from '@paystrata/application';
import { createMemoryCqsStrategy } from '@paystrata/infra-inmemory';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { Count, startNestBus } from '../peers/nest.ts';

const COMMANDS = 50_000;

interface Application {
  readonly commands: CommandBus;
  readonly context: () => CommandContext;
  readonly stop: () => Promise<void>;
}

async function startApplication(): Promise<Application> {
  const clock = systemClock;
  const ids = createUuidV7Ids(clock);
  const strategy = createMemoryCqsStrategy({ clock, ids });
  await strategy.start();
  const effects = createEffectRunner({ strategy, clock, gateway: createSandboxGateway(), logger: silentLogger });
  const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 10n ** 12n });
  const organizationId = parseOrganizationId('bench');
  if (organizationId === undefined) throw new Error('not an organization id');
  return {
    commands,
    context: () => commandContext({ organizationId, actor: 'bench' }, ids),
    stop: () => strategy.stop(),
  };
}

async function createOne({ commands, context }: Application, n: number): Promise<PaymentId> {
  const result = await commands.execute(
    { type: 'CreatePayment', amount: 100 + n, currency: 'EUR', description: `bill ${n}`, customer: { name: 'Ada' } },
    context(),
  );
  if (!result.ok) throw new Error(result.rejection.message);
  return result.receipt.paymentId;
}

const creating: Contender = {
  name: 'create a payment, memory-cqs',
  prepare: async () => {
    const application = await startApplication();
    return {
      run: async () => {
        for (let n = 0; n < COMMANDS; n++) await createOne(application, n);
        return COMMANDS;
      },
      dispose: application.stop,
    };
  },
};

const processing: Contender = {
  name: 'process a payment, memory-cqs',
  prepare: async () => {
    const application = await startApplication();
    const payments: PaymentId[] = [];
    for (let n = 0; n < COMMANDS; n++) payments.push(await createOne(application, n));
    return {
      run: async () => {
        for (const paymentId of payments) {
          const message = { type: 'ProcessPayment', paymentId, method: 'test_approve' } as const;
          await application.commands.execute(message, application.context());
        }
        return COMMANDS;
      },
      dispose: application.stop,
    };
  },
};

const dispatch: Contender = {
  name: '@nestjs/cqrs dispatch of an empty command',
  prepare: async () => {
    const { bus, close } = await startNestBus();
    return {
      run: async () => {
        for (let n = 0; n < COMMANDS; n++) await bus.execute<Count, number>(new Count(1));
        return COMMANDS;
      },
      dispose: close,
    };
  },
};

const bareMap: Contender = {
  name: 'a bare Map.set of a plain object',
  prepare: () => {
    const payments = new Map<string, object>();
    return {
      run: () => {
        for (let n = 0; n < COMMANDS; n++)
          payments.set(`payment-${n}`, { amount: n, currency: 'EUR', status: 'pending' });
        return payments.size;
      },
    };
  },
};

export async function benchCommand(): Promise<readonly ComparisonResult[]> {
  const peers = [dispatch, bareMap] as const;
  return [
    await compare({ title: 'create', unit: 'commands', contenders: [creating, ...peers], rounds: 5 }),
    await compare({
      title: 'process (two commits and the gateway)',
      unit: 'commands',
      contenders: [processing, ...peers],
      rounds: 5,
    }),
  ];
}
