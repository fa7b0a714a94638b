// Event search: by what an event is, by what its data holds, by its words.

import assert from 'node:assert/strict';
import type { Criterion, CriterionOperator, EventFilter } from '@paystrata/application';
import { instantOf, type PaymentId } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { searchEvents } from '../../world/event-reading.ts';
import { captured, processed } from '../../world/gateway-work.ts';
import { command, create } from '../../world/orders.ts';
import { update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const eventSearch: readonly ConformanceCase[] = [
  {
    name: 'events are found by type, payment, actor, correlation and time',
    property: 'event-search',
    async run(world) {
      const start = world.clock.now() - 60_000;
      const facts = { actor: 'key-1', correlationId: 'request-1' };
      const one = await create(world, { at: start }, facts);
      const two = await create(world, { at: start + 10 });
      await processed(world, two.paymentId, 'test_decline_lost_card', { at: start + 20 });
      const found = async (filter: Partial<EventFilter>) =>
        (await searchEvents(world, filter)).events.map(({ type, paymentId }) => [type, paymentId === one.paymentId]);
      assert.equal((await found({})).length, 4);
      assert.deepEqual(await found({ types: ['PaymentFailed', 'PaymentDeleted'] }), [['PaymentFailed', false]]);
      assert.deepEqual(await found({ paymentId: one.paymentId }), [['PaymentCreated', true]]);
      assert.deepEqual(await found({ actor: 'key-1' }), [['PaymentCreated', true]]);
      assert.deepEqual(await found({ correlationId: 'request-1' }), [['PaymentCreated', true]]);
      const range = { from: instantOf(start + 10), to: instantOf(start + 20) };
      assert.deepEqual(await found({ recorded: range }), [['PaymentCreated', false]]);
      assert.deepEqual(await found({ recorded: { from: range.from, to: range.from } }), []);
      assert.deepEqual(await found({ types: ['PaymentCreated'], actor: 'nobody' }), []);
    },
  },
  {
    name: 'events are found by conditions on their data, amounts compared as numbers',
    property: 'event-search',
    async run(world) {
      const small = (await create(world, { amount: 900n, reference: 'INV-9', resourceIds: ['vm-1'] })).paymentId;
      const large = (await create(world, { amount: 1000n, currency: 'USD', reference: 'INV-10' })).paymentId;
      const huge = (await create(world, { amount: 2n ** 53n + 1n, reference: 'ORD-1' })).paymentId;
      const all = [small, large, huge];
      const by = (path: string, operator: CriterionOperator, value: Criterion['value'], ids: readonly PaymentId[]) =>
        meets(world, [{ path, operator, value }], ids);
      await by('amount.currency', 'eq', 'USD', [large]);
      await by('amount.currency', 'ne', 'USD', [small, huge]);
      await by('reference', 'in', ['INV-9', 'ORD-1', 'X'], [small, huge]);
      await by('amount.amount', 'eq', '9007199254740993', [huge]);
      await by('amount.amount', 'eq', '9007199254740992', []);
      await by('amount.amount', 'gt', 900, [large, huge]);
      await by('amount.amount', 'gte', 900, all);
      await by('amount.amount', 'lt', '1000', [small]);
      await by('amount.amount', 'lte', 1000, [small, large]);
      await by('reference', 'contains', 'NV-', [small, large]);
      await by('resourceIds', 'contains', 'vm-1', [small]);
      await by('no.such.path', 'ne', 'x', []);
      const both = { path: 'amount.amount', operator: 'gt', value: 900 } as const;
      await meets(world, [both, { path: 'reference', operator: 'contains', value: 'INV' }], [large]);
    },
  },
  {
    name: 'events are found by the words in their data',
    property: 'event-search',
    async run(world) {
      const { paymentId } = await create(world, { description: 'Büro in Zürich' });
      await command(world, paymentId, update(world, { description: 'Office in Geneva' }));
      await create(world, { description: 'nothing of that kind' });
      const versions = async (text: string) =>
        (await searchEvents(world, { text })).events.map(({ version }) => version);
      assert.deepEqual(await versions('buro zur'), [1]);
      assert.deepEqual(await versions('geneva'), [2]);
      assert.deepEqual(await versions('in off'), [2]);
      assert.deepEqual(await versions('in'), [1, 2]);
      assert.deepEqual(await versions('zurich geneva'), []);
    },
  },
  {
    name: 'pages of events of any size are the whole, in either direction, though new ones come',
    property: 'paging',
    async run(world) {
      for (let n = 0; n < 3; n++) await captured(world);
      const whole = (await searchEvents(world)).events.map(({ eventId }) => eventId);
      assert.equal(whole.length, 9);
      const backward = await searchEvents(world, {}, { descending: true });
      assert.deepEqual(
        backward.events.map(({ eventId }) => eventId),
        whole.toReversed(),
      );
      assert.deepEqual(backward.total, { value: 9, capped: false });
      for (const limit of [1, 2, 4, 8, 9]) assert.deepEqual(await paged(world, limit, false), whole);
      const first = await searchEvents(world, {}, { descending: true, limit: 4 });
      await create(world);
      const rest = await paged(world, 3, true, first.next);
      assert.deepEqual([...first.events.map(({ eventId }) => eventId), ...rest], whole.toReversed());
    },
  },
];

async function meets(world: World, criteria: readonly Criterion[], ids: readonly PaymentId[]): Promise<void> {
  const { events } = await searchEvents(world, { criteria });
  const about = criteria.map(({ path, operator, value }) => `${path} ${operator} ${String(value)}`).join(' and ');
  assert.deepEqual(
    events.map(({ paymentId }) => paymentId),
    ids,
    about,
  );
}

async function paged(world: World, limit: number, descending: boolean, from: string | null = null) {
  const ids: string[] = [];
  for (let cursor = from; ;) {
    const page = await searchEvents(world, {}, { limit, descending, cursor });
    assert.equal(page.hasMore, page.next !== null);
    ids.push(...page.events.map(({ eventId }) => eventId));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}
