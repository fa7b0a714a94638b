// Suggestions: what begins so, counted, most frequent first.

import assert from 'node:assert/strict';
import type { Suggestion, SuggestionField } from '@paystrata/application';
import type { ConformanceCase } from '../../kit/case.ts';
import { command, create } from '../../world/orders.ts';
import { cancel, remove, update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const suggestions: readonly ConformanceCase[] = [
  {
    name: 'completions come from customers, references and words of descriptions, most frequent first',
    property: 'suggestions',
    async run(world) {
      for (const name of ['Anna', 'Anna', 'Annika', 'Berta']) await create(world, { customer: { name, email: null } });
      await create(world, { reference: 'ANN-1' });
      await create(world, { description: 'Annual fee' });
      await create(world, { description: 'the ANNUAL report, annual indeed' });
      assert.deepEqual(await suggested(world, 'ann'), [
        'customer Anna 2',
        'description annual 2',
        'reference ANN-1 1',
        'customer Annika 1',
      ]);
    },
  },
  {
    name: 'equally frequent ones stand in the order of code points, and so many as asked for are given',
    property: 'suggestions',
    async run(world) {
      for (const n of [3, 1, 2, 10]) await create(world, { reference: `REF-${n}` });
      await create(world, { reference: 'ref-0' });
      const all = ['REF-1', 'REF-10', 'REF-2', 'REF-3', 'ref-0'].map((text) => `reference ${text} 1`);
      assert.deepEqual(await suggested(world, 'ref'), all);
      assert.deepEqual(await suggested(world, 'REF', null, 2), all.slice(0, 2));
    },
  },
  {
    name: 'one field can be asked for, and a prefix that nothing begins with suggests nothing',
    property: 'suggestions',
    async run(world) {
      const customer = { name: 'Max Mustermann', email: 'max@example.org' };
      await create(world, { customer, reference: 'MAX-1', description: 'maximum' });
      assert.deepEqual(await suggested(world, 'max', 'customer'), [
        'customer Max Mustermann 1',
        'customer max@example.org 1',
      ]);
      assert.deepEqual(await suggested(world, 'max', 'reference'), ['reference MAX-1 1']);
      assert.deepEqual(await suggested(world, 'max', 'description'), ['description maximum 1']);
      assert.deepEqual(await suggested(world, 'maxx'), []);
      assert.deepEqual(await suggested(world, 'ustermann'), []);
      assert.deepEqual(await suggested(world, 'Max M'), ['customer Max Mustermann 1']);
    },
  },
  {
    name: 'counts follow changes: what was changed or deleted is not suggested any more',
    property: 'suggestions',
    async run(world) {
      const one = await create(world, { description: 'cherry' });
      const two = await create(world, { description: 'cherry' });
      const three = await create(world, { description: 'cherry' });
      assert.deepEqual(await suggested(world, 'ch'), ['description cherry 3']);
      await command(world, one.paymentId, update(world, { description: 'cheese' }));
      await command(world, two.paymentId, remove(world));
      await command(world, three.paymentId, cancel(world));
      assert.deepEqual(await suggested(world, 'ch'), ['description cheese 1', 'description cherry 1']);
    },
  },
];

async function suggested(world: World, prefix: string, field: SuggestionField | null = null, limit = 10) {
  const query = { type: 'SuggestPayments', prefix, field, limit } as const;
  const found: readonly Suggestion[] = await world.strategy.read.suggestions(query, await world.reading());
  return found.map((each) => `${each.field} ${each.text} ${each.count}`);
}
