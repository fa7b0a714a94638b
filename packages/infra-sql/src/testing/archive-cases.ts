// What is archived reads as before, whatever else happens; what is damaged is found, named, and takes nothing along.

import assert from 'node:assert/strict';
import { instantOf, type MaintenanceScope, type PaymentStore } from '@paystrata/application';
import { acme, creation, erasing, known, noting } from './entries.ts';
import { differences, later, maintain, nameOf, nineEvents, seal, type IntegrityCase } from './integrity-world.ts';

export const archiveCases: readonly IntegrityCase[] = [
  {
    name: 'reads what is archived as before, in every direction, also in another process and with what comes after',
    async run(world) {
      const store = await world.open();
      const [a] = await nineEvents(store);
      const root = await seal(store);
      const before = await readings(store, a);
      assert.deepEqual(await archived(world), []);
      const report = await maintain(store, 'archive', { before: later });
      const { bytes, ...counted } = report;
      assert.deepEqual(counted, { action: 'archive', checked: 9, changed: 9, differences: [], differing: 0 });
      assert.ok(bytes !== undefined && bytes.after < bytes.before);
      assert.deepEqual(await archived(world), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
      assert.deepEqual(await readings(store, a), before);
      assert.deepEqual(await readings(await world.open(), a), before);
      const noted = noting(a, 'after the archive');
      assert.deepEqual(await store.commit([noted]), [{ outcome: 'committed', position: 10 }]);
      assert.equal((await everyEvent(store)).length, 10);
      assert.deepEqual(await differences(world, root), []);
      assert.equal((await maintain(store, 'archive', { before: later })).changed, 1);
      assert.equal((await maintain(store, 'archive', { before: later })).changed, 0);
      assert.deepEqual(await differences(world, await seal(store)), []);
    },
  },
  {
    name: 'archives a payment, an organization, or what is older than a moment',
    async run(world) {
      const store = await world.open();
      const [a, , c] = await nineEvents(store);
      const archive = async (scope: MaintenanceScope, before = later) =>
        (await maintain(store, 'archive', { scope, before })).changed;
      assert.equal(await archive({ kind: 'all' }, instantOf(later - 1)), 0);
      const payment = { kind: 'payment', organizationId: a.organizationId, paymentId: a.id } as const;
      assert.equal(await archive({ ...payment, organizationId: c.organizationId }), 0);
      assert.equal(await archive(payment), 3);
      assert.deepEqual(await archived(world), [1, 4, 7]);
      assert.equal(await archive({ kind: 'organization', organizationId: c.organizationId }), 3);
      assert.equal(await archive({ kind: 'organization', organizationId: acme }), 3);
      assert.deepEqual(await archived(world), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
      assert.equal((await world.look('select segment from paystrata.segments')).length, 3);
      assert.deepEqual(await differences(world), []);
      await assert.rejects(maintain(store, 'archive'), { code: 'INVALID_MESSAGE' });
    },
  },
  {
    name: 'knows a command again whose events are archived, and forgets personal data there too',
    async run(world) {
      const store = await world.open();
      const entry = creation();
      await store.commit([entry]);
      await maintain(store, 'archive', { before: later });
      assert.deepEqual(await store.commit([entry]), [{ outcome: 'duplicate', version: 1, position: 1 }]);
      await store.commit([erasing(entry.payment)]);
      const [created] = await everyEvent(await world.open());
      assert.equal(created?.type === 'PaymentCreated' && created.data.personal, null);
      assert.deepEqual(await differences(world), []);
    },
  },
  {
    name: 'moves each event once, however many processes archive while others write',
    async run(world) {
      const [store, other, writer] = [await world.open(), await world.open(), await world.open()];
      await fill(store, 700);
      const expected = await everyEvent(store);
      const writing = fill(writer, 100);
      const reports = await Promise.all([store, other].map((each) => maintain(each, 'archive', { before: later })));
      await writing;
      await maintain(store, 'archive', { before: later });
      const [counted = {}] = await world.look('select sum(count) as events from paystrata.segments');
      assert.equal(Number(counted['events']), 800);
      assert.ok(reports.every(({ changed }) => changed <= 800));
      assert.deepEqual((await everyEvent(await world.open())).slice(0, 700), expected);
      assert.deepEqual(await differences(world), []);
    },
  },
  {
    name: 'is verified without a false alarm while others write, archive and seal',
    async run(world) {
      const [store, writer, archiver] = [await world.open(), await world.open(), await world.open()];
      await fill(store, 120);
      let isWriting = true;
      const writing = (async () => {
        for (let round = 0; round < 4; round++) await fill(writer, 10);
        isWriting = false;
      })();
      const archiving = maintain(archiver, 'archive', { before: later });
      while (isWriting) assert.deepEqual((await maintain(store, 'verify', { seal: true })).differences, []);
      await Promise.all([writing, archiving]);
      assert.deepEqual(await differences(world, await seal(store)), []);
    },
  },
  {
    name: 'goes on where it was stopped',
    async run(world) {
      const store = await world.open();
      await fill(store, 700);
      const stop = new AbortController();
      const stopping = maintain(store, 'archive', {
        before: later,
        signal: stop.signal,
        onProgress: () => stop.abort(new Error('enough')),
      });
      await assert.rejects(stopping, { message: 'enough' });
      assert.equal((await archived(world)).length, 500);
      assert.equal((await everyEvent(store)).length, 700);
      assert.equal((await maintain(store, 'archive', { before: later })).changed, 200);
      assert.deepEqual(await differences(world), []);
    },
  },
  {
    name: 'names a damaged segment and its range, and reads the others',
    async run(world) {
      const store = await world.open();
      const [a, b] = await nineEvents(store);
      for (const { organizationId, id: paymentId } of [a, b]) {
        await maintain(store, 'archive', { before: later, scope: { kind: 'payment', organizationId, paymentId } });
      }
      const [{ bytes } = {}] = await world.look('select bytes from paystrata.segments where segment = 1');
      assert.ok(bytes instanceof Uint8Array);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(60) ^ 1, 60);
      await world.tamper('update paystrata.segments set bytes = $1 where segment = 1', flipped);
      const damage = 'segment 1 of the archive (positions 1 to 7) is damaged: its checksum is another';
      assert.deepEqual(await differences(world), [damage, `not all states could be compared with the log: ${damage}`]);
      const reader = await world.open();
      await assert.rejects(everyEvent(reader), { code: 'STORE_DAMAGED', message: damage });
      assert.equal((await everyEvent(reader, b)).length, 3);
      assert.deepEqual((await reader.load({ organizationId: acme, paymentId: a.id }, null)).payment, a);
      await world.tamper('update paystrata.segments set bytes = $1 where segment = 1', bytes);
      assert.deepEqual(await differences(world), []);
      assert.equal((await everyEvent(reader)).length, 9);
    },
  },
  {
    name: 'finds a segment that was replaced, described wrongly, or removed',
    async run(world) {
      const store = await world.open();
      const [a, b] = await nineEvents(store);
      for (const { organizationId, id: paymentId } of [a, b]) {
        await maintain(store, 'archive', { before: later, scope: { kind: 'payment', organizationId, paymentId } });
      }
      const damage = (what: string) => `segment 2 of the archive (positions 2 to 8) is damaged: ${what}`;
      const firstAfter = async (sql: string, ...values: readonly (string | number | Uint8Array)[]) => {
        await world.tamper('drop table if exists paystrata.kept');
        await world.tamper('create table paystrata.kept as select * from paystrata.segments where segment = 2');
        await world.tamper(sql, ...values);
        const [found] = await differences(world);
        await world.tamper('delete from paystrata.segments where segment = 2');
        const columns = 'segment, first, last, count, codec, format, checksum, root, archived_at, bytes';
        const overriding = `insert into paystrata.segments (${columns}) overriding system value`;
        await world.tamper(`${overriding} select ${columns} from paystrata.kept`);
        return found;
      };
      const other = '(select bytes from paystrata.segments where segment = 1)';
      const set = (change: string) => `update paystrata.segments set ${change} where segment = 2`;
      const contradicted = damage('its row says another thing than its bytes');
      assert.equal(await firstAfter(set(`bytes = ${other}`)), contradicted);
      assert.equal(await firstAfter(set('count = 4')), contradicted);
      assert.equal(
        await firstAfter(set('root = $1'), Buffer.alloc(32)),
        damage('its texts have another Merkle root than its row says'),
      );
      assert.equal(await firstAfter(set('checksum = $1'), Buffer.alloc(32)), damage('its row has another checksum'));
      const gone = await firstAfter('delete from paystrata.segments where segment = 2');
      assert.equal(gone, 'segment 2 of the archive is damaged: it is not there');
      assert.deepEqual(await differences(world), []);
      await world.tamper('update paystrata.events set segment = 1 where position = 5');
      const astray = `${nameOf(b)}: event 2 (position 5): segment 1 of the archive does not hold it`;
      assert.equal((await differences(world))[0], astray);
      await world.tamper('update paystrata.events set segment = null where position = 5');
      const lost = `${nameOf(b)}: event 2 (position 5): it has no text, and is in no segment of the archive`;
      assert.equal((await differences(world))[0], lost);
    },
  },
];

type Named = Parameters<typeof nameOf>[0];

async function everyEvent(store: PaymentStore, payment?: Named, direction: 'forward' | 'backward' = 'forward') {
  const of = payment && { organizationId: payment.organizationId, paymentId: payment.id };
  return (await store.readAll({ direction, from: null, limit: 100_000, ...of })).events;
}

/** What can be read of the log, one way and another. */
async function readings(store: PaymentStore, payment: Named) {
  const { organizationId, id: paymentId } = payment;
  return [
    await everyEvent(store),
    await everyEvent(store, undefined, 'backward'),
    await everyEvent(store, payment),
    await everyEvent(store, payment, 'backward'),
    (await store.readAll({ direction: 'forward', from: 3, limit: 2 })).events,
    (await store.readAll({ direction: 'forward', from: null, limit: 100, organizationId })).events,
    await store.load({ organizationId, paymentId }, null),
  ];
}

/** The positions of events whose text is in the archive. */
async function archived({ look }: { readonly look: (sql: string) => Promise<readonly object[]> }): Promise<number[]> {
  const rows = await look('select position from paystrata.events where text is null order by position');
  return rows.map((row) => Number('position' in row && row.position));
}

/** Commits that many events, of payments with two events each. */
async function fill(store: PaymentStore, events: number): Promise<void> {
  const entries = Array.from({ length: events / 2 }, () => creation());
  const results = await store.commit(entries.flatMap((entry) => [entry, noting(entry.payment, 'one')]));
  assert.equal(results.filter(({ outcome }) => outcome === 'committed').length, events);
  assert.ok(known(results[0]));
}
