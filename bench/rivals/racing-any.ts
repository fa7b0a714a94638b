// Writers who do not care about the version append to the same stream: nobody may be refused for the version.

import { NO_CONCURRENCY_CHECK } from '@event-driven-io/emmett';
import { emmettVersion, note, withEmmett } from './emmett.ts';
import { at, installation, withOurs } from './ours.ts';
import type { RivalCase } from './rival-case.ts';

const RACES = 10;
const RACERS = 8;

export const racingAny: RivalCase = {
  name: 'racing any',
  rival: emmettVersion,
  onRival: async ({ database }) =>
    withEmmett(await database(), async (store) => {
      let refused = 0;
      for (let race = 0; race < RACES; race++) {
        const racers = Array.from({ length: RACERS }, (_, racer) =>
          store.appendToStream(`log-${race}`, [note(`${racer}`)], { expectedStreamVersion: NO_CONCURRENCY_CHECK }),
        );
        const results = await Promise.allSettled(racers);
        refused += results.filter(({ status }) => status === 'rejected').length;
      }
      return { broken: refused > 0, saw: `${refused} of ${RACES * RACERS} appends were refused` };
    }),
  onOurs: async ({ database }) =>
    withOurs(installation(await database()), 2, async (processes) => {
      let refused = 0;
      for (let race = 0; race < RACES; race++) {
        const paymentId = await at(processes, 0).create();
        const update = async (racer: number) => {
          const metadata = { racer: String(racer) };
          const result = await at(processes, racer).send({ type: 'UpdatePayment', paymentId, metadata });
          if (!result.ok) throw new Error(result.rejection.message);
        };
        const results = await Promise.allSettled(Array.from({ length: RACERS }, (_, racer) => update(racer)));
        refused += results.filter(({ status }) => status === 'rejected').length;
      }
      return { broken: refused > 0, saw: `${refused} of ${RACES * RACERS} updates were refused` };
    }),
};
