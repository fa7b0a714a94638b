// Text search: words folded, all of them, the last as a prefix, over everything that has text.

import assert from 'node:assert/strict';
import type { PaymentId } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { command, create } from '../../world/orders.ts';
import { searchIds } from '../../world/reading.ts';
import { update } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

export const textSearch: readonly ConformanceCase[] = [
  {
    name: 'all words must match, the last one as a prefix, in any order',
    property: 'text-search',
    async run(world) {
      const hosting = (await create(world, { description: 'Cloud hosting for January' })).paymentId;
      const house = (await create(world, { description: 'House cloudy' })).paymentId;
      await matches(world, {
        cloud: [hosting, house],
        'cloud hosting': [hosting],
        'hosting cloud': [hosting],
        'cloud ho': [hosting],
        'ho cloud': [],
        'hosting jan': [hosting],
        'hosting jan february': [],
        clouds: [],
        hou: [house],
      });
    },
  },
  {
    name: 'case and diacritics make no difference, in any script',
    property: 'text-search',
    async run(world) {
      const zurich = (await create(world, { description: 'Büro ZÜRICH, Straße 5' })).paymentId;
      const angstrom = (await create(world, { customer: { name: 'Anders Ångström', email: null } })).paymentId;
      const kyiv = (await create(world, { description: 'Оренда у Києві' })).paymentId;
      await matches(world, {
        zurich: [zurich],
        ZÜRICH: [zurich],
        'bu\u0308ro': [zurich],
        strasse: [zurich],
        'buro str': [zurich],
        angstrom: [angstrom],
        ÅNGSTRÖM: [angstrom],
        оренда: [kyiv],
        ОРЕНДА: [kyiv],
      });
    },
  },
  {
    name: 'it looks into description, customer, reference and the values of metadata, not into their keys',
    property: 'text-search',
    async run(world) {
      const described = (await create(world, { description: 'walnut' })).paymentId;
      const named = (await create(world, { customer: { name: 'Walnut Ltd', email: 'pay@hazel.example' } })).paymentId;
      const referred = (await create(world, { reference: 'WALNUT-2026/00017' })).paymentId;
      const tagged = (await create(world, { metadata: { tree: 'walnut' } })).paymentId;
      await create(world, { metadata: { walnut: 'oak' }, userId: 'walnut', resourceIds: ['walnut'] });
      await matches(world, {
        walnut: [described, named, referred, tagged],
        hazel: [named],
        'pay@hazel.example': [named],
        '2026 walnut': [referred],
        '00017': [referred],
        '0001': [referred],
        tree: [],
        ltd: [named],
      });
    },
  },
  {
    name: 'words that belong to different payments, or are no longer there, match nothing',
    property: 'text-search',
    async run(world) {
      const { paymentId } = await create(world, { description: 'apple pie' });
      const other = await create(world, { description: 'cherry cake' });
      await matches(world, { 'apple cake': [], 'apple pie': [paymentId], cake: [other.paymentId] });
      await command(world, paymentId, update(world, { description: 'plum cake' }));
      await matches(world, { apple: [], pie: [], plum: [paymentId], cake: [paymentId, other.paymentId] });
    },
  },
];

async function matches(world: World, expected: Readonly<Record<string, readonly PaymentId[]>>): Promise<void> {
  for (const [text, ids] of Object.entries(expected)) {
    const found = await searchIds(world, { filter: { text } });
    assert.deepEqual(found.toSorted(), ids.toSorted(), `with the text ${text}`);
  }
}
