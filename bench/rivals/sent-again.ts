// The answer to an append is lost on its way, so the same event is sent again: it must be stored once.

import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { createUuidV7Ids, parseCommandId, parsePaymentId, systemClock } from '@paystrata/application';
import { emmettVersion, note } from './emmett.ts';
import { at, installation, known, withOurs } from './ours.ts';
import type { RivalCase } from './rival-case.ts';

const ids = createUuidV7Ids(systemClock);

export const sentAgain: RivalCase = {
  name: 'the same event sent again',
  rival: emmettVersion,
  onRival: async ({ database }) => {
    const url = await database();
    const store = getPostgreSQLEventStore(url);
    try {
      const event = { ...note('once'), metadata: { messageId: ids.next() } };
      for (let sent = 0; sent < 2; sent++) await store.appendToStream('stream', [event]);
      const { events } = await store.readStream('stream');
      const same = events.filter(({ metadata }) => metadata.messageId === event.metadata.messageId).length;
      return { broken: same !== 1, saw: `the event with one id is stored ${same} times` };
    } finally {
      await store.close();
    }
  },
  onOurs: async ({ database }) =>
    withOurs(installation(await database()), 2, async (processes) => {
      const context = {
        commandId: known(parseCommandId(ids.next())),
        newPaymentId: known(parsePaymentId(ids.next())),
      };
      for (let sent = 0; sent < 2; sent++) {
        await at(processes, sent).send({ type: 'CreatePayment', amount: 100, currency: 'EUR' }, context);
      }
      const { length } = (await at(processes, 0).read(null)).events;
      return { broken: length !== 1, saw: `the event with one id is stored ${length} times` };
    }),
};
