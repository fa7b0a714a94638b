// A reader that asks for what is new from now on must not be given what is old.

import { consumeNotes, emmettVersion, note, withEmmett } from './emmett.ts';
import { at, installation, withOurs } from './ours.ts';
import type { RivalCase } from './rival-case.ts';

const OLD = 5;

export const readerFromTheEnd: RivalCase = {
  name: 'a reader that starts at the end',
  rival: emmettVersion,
  onRival: async ({ database }) =>
    withEmmett(await database(), async (store) => {
      for (let old = 0; old < OLD; old++) await store.appendToStream(`stream-${old}`, [note(`old ${old}`)]);
      const seen = await consumeNotes(store, { startFrom: 'END', batchSize: 100, untilEmpty: true });
      return { broken: seen.length > 0, saw: `${seen.length} of ${OLD} old events were delivered as new` };
    }),
  onOurs: async ({ database }) =>
    withOurs(installation(await database()), 1, async (processes) => {
      const process = at(processes, 0);
      for (let old = 0; old < OLD; old++) await process.create();
      const { next } = await process.read(null);
      const { events } = await process.read(next);
      return { broken: events.length > 0, saw: `${events.length} of ${OLD} old events were delivered as new` };
    }),
};
