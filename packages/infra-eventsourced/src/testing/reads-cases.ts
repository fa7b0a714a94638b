// For tests: what reads in SQL must stand, on either database.

import assert from 'node:assert/strict';
import {
  createUuidV7Ids,
  everyPayment,
  parseCommandId,
  parseCurrency,
  parseOrganizationId,
  paymentIdFor,
  paymentStatuses,
  systemClock,
  type ReadContext,
  type SearchPayments,
  type Strategy,
  type WriteOrder,
} from '@paystrata/application';
import { instantOf, noPersonalData, parseSubjectId } from '@paystrata/domain';
import type { ReadsDatabase } from '@paystrata/infra-sql';
import { expect, it } from 'vitest';

/** A place where strategies can be started, one beside the other as processes would. */
export interface ReadsWorld {
  start(): Promise<Strategy>;
  /** The database of the reads, not open yet, and what stands before its tables' names. */
  database(): { readonly database: ReadsDatabase; readonly schema: string };
}

/** A statement over everybody's head; `table` names the one that answers. */
async function meddle(world: ReadsWorld, statement: (payments: string) => string, table = 'payments'): Promise<void> {
  const { database, schema } = world.database();
  await database.open();
  await database.transaction(async (session) => {
    const asked = `select current from ${schema}projections where name = 'payments'`;
    const [row] = await session.all({ sql: asked, parameters: [] });
    await session.all({ sql: statement(`${schema}${table}_${String(row?.['current'])}`), parameters: [] });
  });
  await database.close();
}

function known<T>(value: T | null | undefined): T {
  assert.ok(value !== null && value !== undefined);
  return value;
}

const ids = createUuidV7Ids(systemClock);
const acme = known(parseOrganizationId('acme'));
const other = known(parseOrganizationId('other'));
const context: ReadContext = { organizationId: acme, atLeast: null, timeoutMs: 10_000 };
const all = { kind: 'all' } as const;
const newest: SearchPayments = {
  ...{ type: 'SearchPayments', filter: everyPayment, limit: 10, cursor: null, page: null },
  sort: { by: 'created', descending: true },
};

function orderOf(number: number): WriteOrder {
  const paymentId = paymentIdFor(acme, `invoice-${number}`, ids);
  const now = instantOf(Date.UTC(2026, 0, 15) + number * 60_000);
  return {
    ...{ organizationId: acme, paymentId, commandId: known(parseCommandId(`c-${number}`)), expectedVersion: null },
    ...{ actor: 'test', userId: null, correlationId: 'c', causationId: null, metadata: {} },
    command: {
      ...{ type: 'CreatePayment', now, paymentId, organizationId: acme, maxAmount: 10n ** 6n },
      amount: { amount: BigInt(number), currency: known(parseCurrency('EUR')) },
      ...{ reference: `invoice-${number}`, userId: null, workflowId: null, resourceIds: [], createdAt: null },
      subject: known(parseSubjectId('customer-1')),
      personal: { ...noPersonalData, description: `Rent of month ${number}` },
    },
  };
}

async function create(strategy: Strategy, from: number, to: number): Promise<void> {
  const orders = Array.from({ length: to - from + 1 }, (_, index) => orderOf(from + index));
  for (const result of await strategy.write.executeBulk(orders)) assert.ok(result.ok);
}

async function countOf(strategy: Strategy): Promise<number> {
  const [page, statistics] = await Promise.all([
    strategy.read.search(newest, context),
    strategy.read.statistics({ type: 'PaymentStatistics', range: { from: null, to: null }, of: 'created' }, context),
  ]);
  expect(statistics.count).toBe(page.total.value);
  return page.total.value;
}

/** Each case gets a place of its own. */
export function declareReadsCases(withWorld: (run: (world: ReadsWorld) => Promise<void>) => Promise<void>): void {
  it('are there again after a restart, and follow what another process writes', () =>
    withWorld(async (world) => {
      const [one, other] = [await world.start(), await world.start()];
      for (let number = 1; number <= 12; number += 1) {
        await create(number % 2 === 0 ? one : other, number, number);
        expect(await countOf(number % 3 === 0 ? one : other)).toBe(number);
      }
      await Promise.all([one.stop(), other.stop()]);
      const again = await world.start();
      expect(await countOf(again)).toBe(12);
      await again.stop();
    }));

  it('answer rightly in two processes while both write and the tables are built anew', () =>
    withWorld(async (world) => {
      const [one, other] = [await world.start(), await world.start()];
      await create(one, 1, 400);
      const progress: number[] = [];
      const rebuilt = one.maintenance.run('rebuild', all, { onProgress: ({ done }) => progress.push(done) });
      let written = 400;
      for (let turn = 1; turn <= 12; turn += 1) {
        const writer = turn % 2 === 0 ? one : other;
        await create(writer, written + 1, written + 5);
        written += 5;
        expect(await Promise.all([countOf(one), countOf(other)])).toEqual([written, written]);
      }
      const report = await rebuilt;
      expect(report.checked).toBeGreaterThanOrEqual(400);
      expect(progress.at(-1)).toBe(400);
      expect(await Promise.all([countOf(one), countOf(other)])).toEqual([written, written]);
      expect(await other.maintenance.run('verify', all)).toMatchObject({ differing: 0 });
      await Promise.all([one.stop(), other.stop()]);
    }));

  it('are found damaged, and repaired', () =>
    withWorld(async (world) => {
      const strategy = await world.start();
      await create(strategy, 1, 10);
      expect(await countOf(strategy)).toBe(10);
      const { paymentId } = orderOf(3);
      await meddle(world, (payments) => `update ${payments} set status = 'failed' where id = '${paymentId}'`);
      await meddle(world, (payments) => `delete from ${payments} where id = '${orderOf(7).paymentId}'`);
      const found = await strategy.maintenance.run('verify', { kind: 'organization', organizationId: acme });
      const problems = found.differences.map((difference) => [difference.paymentId, difference.problem]);
      expect(problems).toContainEqual([paymentId, 'the read model differs from its own document in status']);
      expect(problems).toContainEqual([orderOf(7).paymentId, 'the read model does not have it']);
      expect(problems).toContainEqual([null, 'the read model has 9 payments, the log 10']);
      const one = await strategy.maintenance.run('verify', { kind: 'payment', organizationId: acme, paymentId });
      expect(one).toMatchObject({ differing: 1 });
      expect(await strategy.maintenance.run('repair', all)).toMatchObject({ changed: 2 });
      expect(await strategy.maintenance.run('verify', all)).toMatchObject({ differing: 0 });
      expect(await countOf(strategy)).toBe(10);
      await strategy.stop();
    }));

  it('are found damaged in what finds payments and events, and repaired', () =>
    withWorld(async (world) => {
      const strategy = await world.start();
      await create(strategy, 1, 10);
      expect(await countOf(strategy)).toBe(10);
      await meddle(world, (terms) => `delete from ${terms} where kind = 'token' and term = '4'`, 'terms');
      await meddle(world, (events) => `update ${events} set actor = 'nobody' where position = 6`, 'events');
      await meddle(world, (events) => `delete from ${events} where position = 7`, 'events');
      await meddle(world, (words) => `delete from ${words} where position = 8`, 'event_terms');
      await meddle(world, (counts) => `update ${counts} set count = count + 1`, 'event_counts');
      const found = await strategy.maintenance.run('verify', all);
      const problems = found.differences.map(({ paymentId, problem }) => `${paymentId ?? 'all'}: ${problem}`);
      expect(problems).toEqual([
        `${orderOf(4).paymentId}: the read model does not find it by all that it has`,
        `${orderOf(6).paymentId}: the event at position 6 differs in actor`,
        `${orderOf(7).paymentId}: the event at position 7 is not in the read model`,
        `${orderOf(8).paymentId}: the event at position 8 is not found by all of its words`,
        'all: the counts of events by time differ from the events',
        'all: the counts of events by payment differ from the events',
      ]);
      expect(await strategy.maintenance.run('repair', all)).toMatchObject({ changed: 4 });
      expect(await strategy.maintenance.run('verify', all)).toMatchObject({ differing: 0 });
      await strategy.stop();
    }));

  it('tell payments of two organizations apart that have the same id', () =>
    withWorld(async (world) => {
      const strategy = await world.start();
      const mine = orderOf(1);
      assert.ok(mine.command.type === 'CreatePayment');
      const command = { ...mine.command, organizationId: other, reference: null };
      const theirs = { ...mine, organizationId: other, command };
      assert.ok((await strategy.write.executeBulk([mine, theirs])).every(({ ok }) => ok));
      expect(await strategy.maintenance.run('verify', all)).toMatchObject({ checked: 2, differing: 0 });
      await meddle(world, (payments) => `update ${payments} set status = 'failed'`);
      expect(await strategy.maintenance.run('repair', all)).toMatchObject({ changed: 2 });
      expect(await strategy.maintenance.run('verify', all)).toMatchObject({ checked: 2, differing: 0 });
      expect(await countOf(strategy)).toBe(1);
      await strategy.stop();
    }));

  it('are projected again without changing what is right', () =>
    withWorld(async (world) => {
      const strategy = await world.start();
      await create(strategy, 1, 150);
      const suggest = { type: 'SuggestPayments', prefix: 'ren', field: null, limit: 5 } as const;
      const before = [await strategy.read.search(newest, context), await strategy.read.suggestions(suggest, context)];
      const { paymentId } = orderOf(9);
      for (const scope of [all, { kind: 'payment', organizationId: acme, paymentId } as const]) {
        await strategy.maintenance.run('synchronize', scope);
      }
      await strategy.maintenance.run('optimize', all);
      expect(await strategy.maintenance.run('verify', all)).toMatchObject({ differing: 0 });
      const after = [await strategy.read.search(newest, context), await strategy.read.suggestions(suggest, context)];
      expect(after).toEqual(before);
      expect(after[1]).toEqual([{ text: 'rent', field: 'description', count: 150 }]);
      await strategy.stop();
    }));

  it('forget what is erased, of all payments of the subject', () =>
    withWorld(async (world) => {
      const strategy = await world.start();
      await create(strategy, 1, 3);
      expect(
        (await strategy.read.search({ ...newest, filter: { ...everyPayment, text: 'rent' } }, context)).total.value,
      ).toBe(3);
      const order = { ...orderOf(1), commandId: known(parseCommandId('erase')) };
      const erase = { type: 'ErasePersonalData', now: instantOf(Date.UTC(2026, 1, 1)) } as const;
      expect((await strategy.write.execute({ ...order, command: erase })).ok).toBe(true);
      const found = await strategy.read.search({ ...newest, filter: { ...everyPayment, text: 'rent' } }, context);
      expect(found.total.value).toBe(0);
      const suggest = { type: 'SuggestPayments', prefix: 'ren', field: null, limit: 5 } as const;
      expect(await strategy.read.suggestions(suggest, context)).toEqual([]);
      const page = await strategy.read.search(
        { ...newest, filter: { ...everyPayment, statuses: paymentStatuses } },
        context,
      );
      expect(page.payments.map(({ payment }) => payment.personal)).toEqual([
        noPersonalData,
        noPersonalData,
        noPersonalData,
      ]);
      expect(await strategy.maintenance.run('verify', all)).toMatchObject({ differing: 0 });
      await strategy.stop();
    }));
}
