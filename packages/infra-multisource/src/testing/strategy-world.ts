// For tests: a whole multi-source strategy on SQLite in a folder of its own, with sources that a test can disturb.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commandContext,
  createCommandBus,
  createEffectRunner,
  createMemoryKeyring,
  createSandboxGateway,
  createUuidV7Ids,
  silentLogger,
  systemClock,
  type CommandMap,
  type OrganizationId,
  type PaymentDocument,
  type PaymentId,
  type Position,
  type Receipt,
  type WriteResult,
} from '@paystrata/application';
import { acme } from '@paystrata/conformance/random-payments';
import { createMultiSourceStrategy, type MultiSourceDependencies, type MultiSourceStrategy } from '../multi-source.ts';
import type { PaymentSource } from '../ports/source.ts';

type Changes = Partial<Omit<MultiSourceDependencies, 'store'>>;

export interface StrategyWorld {
  readonly strategy: MultiSourceStrategy;
  /** Another process on the same folder. */
  another(sources: readonly PaymentSource[], changes?: Changes): Promise<MultiSourceStrategy>;
  create(fields?: Partial<CommandMap['CreatePayment']['input']>, organizationId?: OrganizationId): Promise<Receipt>;
  /** So many, one after the other. */
  createAll(count: number, fields?: Partial<CommandMap['CreatePayment']['input']>): Promise<readonly Receipt[]>;
  erase(paymentId: PaymentId): Promise<Receipt>;
  /** As far as a process comes that stops after the first payment of the customer. */
  eraseOne(paymentId: PaymentId): Promise<void>;
  get(paymentId: PaymentId, atLeast?: Position | null): Promise<PaymentDocument | null>;
  /** Resolves once every source holds the log to its end. */
  caughtUp(...sources: readonly PaymentSource[]): Promise<void>;
  dispose(): Promise<void>;
}

/** Resolves once it is so. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean, timeoutMs = 20_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await systemClock.sleep(5);
  }
}

/** How many payments the source has of the organization. */
export async function heldBy(source: PaymentSource, organizationId: OrganizationId = acme): Promise<number> {
  return (await source.entries({ organizationId, from: null, to: null }, 1000)).length;
}

export async function openWorld(sources: readonly PaymentSource[], changes: Changes = {}): Promise<StrategyWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'paystrata-sources-'));
  const [ids, clock, keyring] = [createUuidV7Ids(systemClock), systemClock, createMemoryKeyring()];
  const started: MultiSourceStrategy[] = [];
  const another = async (beside: readonly PaymentSource[], more: Changes = {}) => {
    const strategy = createMultiSourceStrategy({
      ...{ clock, ids, keyring, sources: beside, memoryPayments: 0, relay: { leaseSeconds: 1 } },
      store: { kind: 'sqlite', path: join(folder, 'journal.db') },
      ...more,
    });
    await strategy.start();
    started.push(strategy);
    return strategy;
  };
  const strategy = await another(sources, changes);
  const effects = createEffectRunner({ strategy, gateway: createSandboxGateway(), clock, logger: silentLogger });
  const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 10n ** 12n });
  const receiptOf = (result: WriteResult): Receipt => {
    if (result.ok) return result.receipt;
    throw new Error(`refused: ${result.rejection.message}`);
  };
  const by = (organizationId: OrganizationId) => commandContext({ organizationId }, ids);
  const create: StrategyWorld['create'] = async (fields = {}, organizationId = acme) => {
    const command = { type: 'CreatePayment', amount: 100, currency: 'EUR', ...fields } as const;
    return receiptOf(await commands.execute(command, by(organizationId)));
  };
  return {
    strategy,
    another,
    create,
    createAll: async (count, fields) => {
      const receipts: Receipt[] = [];
      while (receipts.length < count) receipts.push(await create(fields));
      return receipts;
    },
    erase: async (paymentId) => receiptOf(await commands.execute({ type: 'ErasePersonalData', paymentId }, by(acme))),
    eraseOne: async (paymentId) => {
      const { commandId, correlationId } = by(acme);
      receiptOf(
        await strategy.write.execute({
          ...{ organizationId: acme, paymentId, commandId, correlationId, actor: 'test', expectedVersion: null },
          ...{ userId: null, causationId: null, metadata: {} },
          command: { type: 'ErasePersonalData', now: clock.now() },
        }),
      );
    },
    get: (paymentId, atLeast = null) =>
      strategy.read.get(
        { type: 'GetPayment', paymentId, asOf: null },
        { organizationId: acme, atLeast, timeoutMs: 5000 },
      ),
    caughtUp: async (...all) => {
      const { events } = await strategy.log.readAll({ direction: 'backward', from: null, limit: 1 });
      const head = events[0]?.position ?? 0;
      for (const source of all) {
        await until(`${source.name} at ${head}`, async () => ((await source.held().catch(() => 0)) ?? 0) >= head);
      }
    },
    dispose: async () => {
      for (const each of started) await each.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
