// An append waits behind one that is rolled back in the end, another one commits meanwhile: a reader must see both.

import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { emmettVersion, consumeNotes, note, withEmmett } from './emmett.ts';
import { at, installation, withOurs } from './ours.ts';
import type { Finding, RivalCase } from './rival-case.ts';
import { untilSomebodyWaits, withClient } from './sql.ts';

export const lostBehindOpenTransaction: RivalCase = {
  name: 'an event behind an open transaction',
  rival: emmettVersion,
  onRival: async ({ database }) => {
    const url = await database();
    return withEmmett(url, async (store) => {
      await store.appendToStream('one', [note('first')]);
      const held = await holdAppend(url, 'one');
      const waiting = store.appendToStream('one', [note('waited')]);
      await withClient(url, untilSomebodyWaits);
      await store.appendToStream('two', [note('overtook')]);
      await held.rollBack();
      await waiting;
      const seen = await consumeNotes(store, { startFrom: 'BEGINNING', batchSize: 2, untilEmpty: true });
      return findingOf(['first', 'waited', 'overtook'], seen);
    });
  },
  onOurs: async ({ database }) => {
    const shared = installation(await database());
    return withOurs(shared, 2, async (processes) => {
      const first = await at(processes, 0).create();
      const expected = [first];
      await withClient(shared.url, async (client) => {
        await client.query('begin');
        await client.query('select pg_current_xact_id()');
        expected.push(...(await Promise.all([at(processes, 0).create(), at(processes, 1).create()])));
        await client.query('rollback');
      });
      const { events } = await at(processes, 1).read(null, 2);
      return findingOf(
        expected,
        events.map(({ paymentId }) => paymentId),
      );
    });
  },
};

/** An append whose transaction stays open: an inline projection of it, which runs inside, takes its time. */
async function holdAppend(url: string, stream: string) {
  const gate = Promise.withResolvers<void>();
  const inside = Promise.withResolvers<void>();
  const store = getPostgreSQLEventStore(url, {
    projections: [
      {
        type: 'inline',
        projection: {
          name: 'slow',
          canHandle: ['Held'],
          handle: async () => {
            inside.resolve();
            await gate.promise;
          },
        },
      },
    ],
  });
  const append = store.appendToStream(stream, [{ type: 'Held', data: { text: 'rolled back' } }]);
  await Promise.race([inside.promise, append]);
  return {
    rollBack: async () => {
      gate.reject(new Error('the projection failed'));
      await append.then(
        () => Promise.reject(new Error('the append was to be rolled back')),
        () => undefined,
      );
      await store.close();
    },
  };
}

function findingOf(expected: readonly string[], seen: readonly string[]): Finding {
  const missed = expected.filter((each) => !seen.includes(each)).length;
  return { broken: missed > 0, saw: `${missed} of ${expected.length} committed events were never read` };
}
