// Our side of every case: processes of the application on one PostgreSQL database.

import {
  commandContext,
  createCommandBus,
  createEffectRunner,
  createMemoryKeyring,
  createMemoryLedger,
  createSandboxGateway,
  createUuidV7Ids,
  PortFailure,
  parseOrganizationId,
  silentLogger,
  strategyFromStore,
  systemClock,
  type CommandContext,
  type CommandMap,
  type CommandType,
  type Keyring,
  type PaymentStore,
  type RecordedEvent,
  type SandboxLedger,
} from '@paystrata/application';
import { createPostgresStore } from '@paystrata/infra-sql';

type SingleCommand = Exclude<CommandType, 'ImportPayments'>;

/** What processes of one installation share. */
export interface Installation {
  readonly url: string;
  readonly keyring: Keyring;
  readonly ledger: SandboxLedger;
  /** Asked before each commit: true lets it fail, with nothing stored. */
  readonly failing?: () => boolean;
}

export function installation(url: string): Installation {
  return { url, keyring: createMemoryKeyring(), ledger: createMemoryLedger() };
}

/** @throws Error where there is none. */
export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a value of the case is missing');
  return value;
}

const organizationId = known(parseOrganizationId('acme'));
const ids = createUuidV7Ids(systemClock);

/** Starts what one process would run: a store with its own connections, and every use case over it. */
async function openOurs({ url, keyring, ledger, failing = () => false }: Installation) {
  const postgres = createPostgresStore({ url, keyring, poolSize: 4 });
  const store: PaymentStore = {
    name: postgres.name,
    capabilities: postgres.capabilities,
    start: () => postgres.start(),
    stop: () => postgres.stop(),
    epoch: () => postgres.epoch(),
    load: (key, commandId) => postgres.load(key, commandId),
    readAll: (request) => postgres.readAll(request),
    commit: (entries) => {
      if (failing()) throw new PortFailure('STORE_UNAVAILABLE', 'the case lets this commit fail');
      return postgres.commit(entries);
    },
  };
  const strategy = strategyFromStore({ store, clock: systemClock, ids });
  await strategy.start();
  const gateway = createSandboxGateway(ledger);
  const effects = createEffectRunner({ strategy, gateway, clock: systemClock, logger: silentLogger });
  const bus = createCommandBus({ strategy, effects, ids, clock: systemClock, maxAmount: 10n ** 12n });
  const send = <Type extends SingleCommand>(
    message: CommandMap[Type]['input'] & { readonly type: Type },
    context: Partial<CommandContext> = {},
  ) => bus.execute<Type>(message, commandContext({ organizationId, ...context }, ids));
  return {
    send,
    /** Resolves with the id of a new payment of 100.00 EUR. */
    create: async () => {
      const result = await send({ type: 'CreatePayment', amount: 10_000, currency: 'EUR' });
      if (!result.ok) throw new Error(`refused: ${result.rejection.message}`);
      return result.receipt.paymentId;
    },
    /** Everything in the log after a position, in pages of that size. */
    read: async (from: number | null, limit = 1000) => {
      const events: RecordedEvent[] = [];
      for (let next = from; ;) {
        const page = await strategy.log.readAll({ direction: 'forward', from: next, limit });
        events.push(...page.events);
        next = page.next;
        if (page.end) return { events, next };
      }
    },
    stop: () => strategy.stop(),
  };
}

type Ours = Awaited<ReturnType<typeof openOurs>>;

/** Runs the work with as many processes as asked for, and stops them. */
export async function withOurs<T>(
  shared: Installation,
  count: number,
  work: (processes: readonly Ours[]) => Promise<T>,
) {
  const processes: Ours[] = [];
  try {
    for (let opened = 0; opened < count; opened++) processes.push(await openOurs(shared));
    return await work(processes);
  } finally {
    for (const each of processes) await each.stop();
  }
}

/** Goes round in the list. */
export function at<T>(list: readonly T[], index: number): T {
  return known(list[index % list.length]);
}
