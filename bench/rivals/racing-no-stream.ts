// Two writers create the same thing at the same time: one of them must be told that it is there already.

import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { emmettVersion, note, withEmmett } from './emmett.ts';
import { at, installation, withOurs } from './ours.ts';
import type { RivalCase } from './rival-case.ts';

const RACES = 30;

/** The second racer starts a moment later in every race, as racers do. */
const headStart = (race: number) => new Promise((resolve) => setTimeout(resolve, race % 10));

export const racingNoStream: RivalCase = {
  name: 'racing noStream',
  rival: emmettVersion,
  onRival: async ({ database }) =>
    withEmmett(await database(), async (store) => {
      let doubled = 0;
      for (let race = 0; race < RACES; race++) {
        const create = async (racer: string) => {
          await store.appendToStream(`payment-${race}`, [note(racer)], {
            expectedStreamVersion: STREAM_DOES_NOT_EXIST,
          });
        };
        const racers = await Promise.allSettled([create('one'), headStart(race).then(() => create('two'))]);
        if (racers.every(({ status }) => status === 'fulfilled')) doubled++;
      }
      return { broken: doubled > 0, saw: `${doubled} of ${RACES} streams were created twice` };
    }),
  onOurs: async ({ database }) =>
    withOurs(installation(await database()), 2, async (processes) => {
      let winners = 0;
      for (let race = 0; race < RACES; race++) {
        const create = async (racer: number) => {
          const message = { type: 'CreatePayment', amount: 100, currency: 'EUR', reference: `order-${race}` } as const;
          const result = await at(processes, racer).send(message);
          return result.ok;
        };
        const racers = await Promise.all([create(0), headStart(race).then(() => create(1))]);
        winners += racers.filter(Boolean).length;
      }
      return { broken: winners !== RACES, saw: `${winners} winners of ${RACES} races` };
    }),
};
