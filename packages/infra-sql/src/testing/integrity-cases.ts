// Whatever is changed in the tables is found, and named.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { creation, erasing, globex, noting } from './entries.ts';
import { differences, maintain, nameOf, nineEvents, seal, type IntegrityCase } from './integrity-world.ts';

const zeros = Buffer.alloc(32);
const broken = 'its chain does not follow from its text and the event before it';
const unlike = 'the events there are not those that were sealed';

export const integrityCases: readonly IntegrityCase[] = [
  {
    name: 'finds nothing in what was only written, and prints a root that stays true',
    async run(world) {
      const store = await world.open();
      const [a] = await nineEvents(store);
      assert.equal((await maintain(store, 'verify')).root, undefined);
      const first = await seal(store);
      assert.match(first, /^[0-9a-f]{64}@9$/);
      assert.equal(await seal(store), first);
      await store.commit([noting(a, 'three'), creation()]);
      assert.equal((await maintain(store, 'verify')).root, first);
      const second = await seal(store);
      assert.match(second, /^[0-9a-f]{64}@11$/);
      for (const root of [first, second]) assert.deepEqual(await differences(world, root), []);
      const report = await maintain(store, 'verify', {
        scope: { kind: 'payment', organizationId: a.organizationId, paymentId: a.id },
      });
      assert.deepEqual([report.checked, report.differing, report.root], [1, 0, undefined]);
    },
  },
  {
    name: 'does not take erased personal data for damage',
    async run(world) {
      const store = await world.open();
      const [a] = await nineEvents(store);
      const root = await seal(store);
      await store.commit([erasing(a)]);
      assert.deepEqual(await differences(world, root), []);
      await seal(store);
    },
  },
  {
    name: 'finds the text of an event changed',
    async run(world) {
      const [, b] = await nineEvents(await world.open());
      await world.tamper(`update paystrata.events set text = replace(text, 'test', 'tset') where position = 5`);
      assert.deepEqual(await differences(world), [`${nameOf(b)}: event 2 (position 5): ${broken}`]);
    },
  },
  {
    name: 'finds a chain changed, and does not seal it',
    async run(world) {
      const store = await world.open();
      const [, b] = await nineEvents(store);
      await world.tamper('update paystrata.events set chain = $1 where position = 5', zeros);
      const found = [`${nameOf(b)}: event 2 (position 5): ${broken}`, `${nameOf(b)}: event 3 (position 8): ${broken}`];
      assert.deepEqual(await differences(world), found);
      assert.equal((await maintain(store, 'verify', { seal: true })).root, undefined);
      for (const [scope, differing] of [
        [{ kind: 'payment', organizationId: b.organizationId, paymentId: b.id } as const, 2],
        [{ kind: 'organization', organizationId: b.organizationId } as const, 2],
        [{ kind: 'organization', organizationId: globex } as const, 0],
      ] as const) {
        assert.equal((await maintain(store, 'verify', { scope })).differing, differing, JSON.stringify(scope));
      }
    },
  },
  {
    name: 'finds the head of a stream changed',
    async run(world) {
      const [a, b, c] = await nineEvents(await world.open());
      await world.tamper('update paystrata.streams set chain = $1 where name = $2', zeros, a.id);
      await world.tamper('update paystrata.streams set position = 7 where name = $1', b.id);
      await world.tamper('update paystrata.streams set version = 2 where name = $1', c.id);
      assert.deepEqual(await differences(world), [
        `${nameOf(a)}: the head of its chain is not that of event 3`,
        `${nameOf(b)}: it ends at position 7, but its last event is at 8`,
        `${nameOf(c)}: it ends at event 2, but there are events up to 3`,
      ]);
    },
  },
  {
    name: 'finds the last events deleted',
    async run(world) {
      const [, b, c] = await nineEvents(await world.open());
      await world.tamper('delete from paystrata.events where position >= 8');
      assert.deepEqual((await differences(world)).slice(0, 3), [
        'positions 8 to 9 are not there',
        `${nameOf(b)}: events 3 to 3 are not there`,
        `${nameOf(c)}: events 3 to 3 are not there`,
      ]);
    },
  },
  {
    name: 'finds the last events deleted with everything that tells of them, where they were sealed',
    async run(world) {
      const store = await world.open();
      await nineEvents(store);
      await seal(store);
      await world.tamper('delete from paystrata.events where position = 9');
      await world.tamper(`update paystrata.streams set version = 2, position = 6, chain =
        (select chain from paystrata.events where position = 6) where version = 3 and position = 9`);
      await world.tamper('update paystrata.journal set position = 8');
      assert.equal((await differences(world))[0], 'the seal of positions 1 to 9: the log does not reach so far');
    },
  },
  {
    name: 'finds an event deleted in between',
    async run(world) {
      const store = await world.open();
      const [, b] = await nineEvents(store);
      await seal(store);
      await world.tamper('delete from paystrata.events where position = 5');
      assert.deepEqual((await differences(world)).slice(0, 4), [
        'position 5 is not there',
        `${nameOf(b)}: event 3 (position 8): event 2 of its stream is not there`,
        `${nameOf(b)}: event 3 (position 8): ${broken}`,
        `the seal of positions 1 to 9: ${unlike}`,
      ]);
    },
  },
  {
    name: 'finds two events swapped: their texts, their positions in the log, their places in a stream',
    async run(world) {
      const store = await world.open();
      const [a, b] = await nineEvents(store);
      await seal(store);
      const rows = await world.look('select text from paystrata.events where position in (4, 5) order by position');
      const [four = '', five = ''] = rows.map(({ text }) => String(text));
      await world.tamper('update paystrata.events set text = $1 where position = 4', five);
      await world.tamper('update paystrata.events set text = $1 where position = 5', four);
      assert.deepEqual((await differences(world)).slice(0, 2), [
        `${nameOf(a)}: event 2 (position 4): ${broken}`,
        `${nameOf(b)}: event 2 (position 5): ${broken}`,
      ]);
      await world.tamper('update paystrata.events set text = $1 where position = 4', four);
      await world.tamper('update paystrata.events set text = $1 where position = 5', five);
      const places = async (one: number, other: number) => {
        await world.tamper('update paystrata.events set position = 1000 where position = $1', one);
        await world.tamper('update paystrata.events set position = $1 where position = $2', one, other);
        await world.tamper('update paystrata.events set position = $1 where position = 1000', other);
      };
      await places(4, 5);
      assert.deepEqual((await differences(world)).slice(0, 1), [`the seal of positions 1 to 9: ${unlike}`]);
      await places(4, 5);
      assert.deepEqual(await differences(world), []);
      await places(4, 7);
      assert.deepEqual(
        (await differences(world))[0],
        `${nameOf(a)}: event 3 (position 4): it comes before event 2, which is at 7`,
      );
    },
  },
  {
    name: 'finds an event inserted',
    async run(world) {
      const [a] = await nineEvents(await world.open());
      await world.tamper(`insert into paystrata.events (position, stream, version, organization, category, chain, text)
        select 10, stream, 4, organization, category, chain, text from paystrata.events where position = 7`);
      assert.deepEqual(await differences(world), [
        'the log ends at position 9, but there are events up to 10',
        `${nameOf(a)}: it ends at event 3, but there are events up to 4`,
      ]);
      await world.tamper('update paystrata.journal set position = 10');
      assert.deepEqual((await differences(world))[0], `${nameOf(a)}: event 4 (position 10): ${broken}`);
    },
  },
  {
    name: 'finds an event that was filed elsewhere, and one without its stream',
    async run(world) {
      const [a, , c] = await nineEvents(await world.open());
      await world.tamper(`update paystrata.events set organization = 'globex' where position = 4`);
      assert.deepEqual(
        (await differences(world))[0],
        `${nameOf(a)}: event 2 (position 4): it is filed under globex/payment, its stream under acme/payment`,
      );
      await world.tamper(`update paystrata.events set organization = 'acme' where position = 4`);
      await world.tamper('delete from paystrata.streams where name = $1', c.id);
      assert.deepEqual((await differences(world))[0], 'event 1 (position 3): its stream is not there');
    },
  },
  {
    name: 'finds a state that is not the fold of the log',
    async run(world) {
      const [, b] = await nineEvents(await world.open());
      await world.tamper(`update paystrata.streams set state = replace(state, '10000', '10001') where name = $1`, b.id);
      const found = await differences(world);
      assert.deepEqual(found, [`${nameOf(b)}: the state differs from the fold of the log in amount`]);
    },
  },
  {
    name: 'finds a seal changed, and one removed',
    async run(world) {
      const store = await world.open();
      await nineEvents(store);
      await seal(store);
      await store.commit([creation()]);
      const root = await seal(store);
      await world.tamper('update paystrata.seals set root = $1 where last = 9', zeros);
      assert.deepEqual(await differences(world, root), [`the seal of positions 1 to 9: ${unlike}`]);
      await world.tamper('delete from paystrata.seals where last = 9');
      assert.deepEqual(await differences(world, root), [
        'the seal of positions 10 to 10: the seal before it ends at 0',
      ]);
      await world.tamper('update paystrata.seals set hash = $1, first = 1 where last = 10', zeros);
      assert.deepEqual(await differences(world), [`the seal of positions 1 to 10: ${unlike}`]);
    },
  },
  {
    name: 'finds a seal that does not follow from the one before',
    async run(world) {
      const store = await world.open();
      await nineEvents(store);
      const root = await seal(store);
      await world.tamper('update paystrata.seals set hash = $1', zeros);
      const problem = 'the seal of positions 1 to 9: it does not follow from its root and the seal before it';
      const other = `the kept root at position 9: the log leads to another one, ${zeros.toString('hex')}@9`;
      assert.deepEqual(await differences(world), [problem]);
      assert.deepEqual(await differences(world, root), [other, problem]);
    },
  },
  {
    name: 'finds by a kept root what was rewritten from end to end',
    async run(world) {
      const store = await world.open();
      const [, b] = await nineEvents(store);
      const root = await seal(store);
      await world.tamper(
        `update paystrata.events set text = replace(text, '"test"', '"tset"') where position in (2, 5, 8)`,
      );
      let chain: Buffer = zeros;
      for (const { position, text } of await world.look(
        'select position, text from paystrata.events where position in (2, 5, 8) order by position',
      )) {
        chain = createHash('sha256').update(chain).update(String(text)).digest();
        await world.tamper('update paystrata.events set chain = $1 where position = $2', chain, Number(position));
      }
      await world.tamper('update paystrata.streams set chain = $1 where name = $2', chain, b.id);
      await world.tamper('delete from paystrata.seals');
      assert.deepEqual(await differences(world), []);
      assert.deepEqual(await differences(world, root), ['the kept root at position 9: no seal ends there any more']);
      const forged = await seal(await world.open());
      assert.deepEqual(await differences(world, root), [
        `the kept root at position 9: the log leads to another one, ${forged}`,
      ]);
    },
  },
  {
    name: 'finds by a kept root that the database is an older copy',
    async run(world) {
      const before = await world.open();
      await nineEvents(before);
      const old = await seal(before);
      await before.stop();
      const copy = await world.copy();
      const store = await world.open();
      await store.commit([creation()]);
      const root = await seal(store);
      assert.deepEqual(await differences(copy, old), []);
      assert.deepEqual(await differences(copy, root), [
        'the kept root at position 10: the log ends at 9: it lacks what was there',
      ]);
    },
  },
  {
    name: 'refuses a root for a part of the log',
    async run({ open }) {
      const store = await open();
      const [a] = await nineEvents(store);
      const scope = { kind: 'organization', organizationId: a.organizationId } as const;
      await assert.rejects(maintain(store, 'verify', { scope, seal: true }), { code: 'INVALID_MESSAGE' });
    },
  },
];
