// Storing what an aggregate did fails the first time. It must still be there for the second attempt.

import { AggregateRoot, type IEvent } from '@nestjs/cqrs';
import { PortFailure, createUuidV7Ids, parseCommandId, parsePaymentId, systemClock } from '@paystrata/application';
import { at, installation, known, withOurs } from './ours.ts';
import type { Finding, RivalCase } from './rival-case.ts';

const ids = createUuidV7Ids(systemClock);

class Account extends AggregateRoot {}

export const clearedBeforeStored: RivalCase = {
  name: 'uncommitted events that are gone',
  rival: '@nestjs/cqrs 12.0.0',
  onRival: async () => {
    const stored: IEvent[] = [];
    let attempts = 0;
    const aggregate = new Account();
    const save = async (batch: readonly IEvent[]) => {
      await Promise.resolve();
      if (++attempts > 1) stored.push(...batch);
    };
    // The events are the aggregate's own list, so what waits for anything copies it first; nobody waits for the answer.
    aggregate.publishAll = (events: readonly IEvent[]) => void save([...events]);
    aggregate.apply({ amount: 100 });
    aggregate.commit();
    aggregate.commit();
    await new Promise(setImmediate);
    return findingOf(stored.length);
  },
  onOurs: async ({ database }) => {
    let attempts = 0;
    const shared = { ...installation(await database()), failing: () => ++attempts === 1 };
    return withOurs(shared, 1, async (processes) => {
      const process = at(processes, 0);
      const context = {
        commandId: known(parseCommandId(ids.next())),
        newPaymentId: known(parsePaymentId(ids.next())),
      };
      const create = () => process.send({ type: 'CreatePayment', amount: 100, currency: 'EUR' }, context);
      const first = await create().catch((error: unknown) => error);
      if (!(first instanceof PortFailure)) return { broken: true, saw: 'the failure was not reported' };
      await create();
      return findingOf((await process.read(null)).events.length);
    });
  },
};

function findingOf(stored: number): Finding {
  return { broken: stored !== 1, saw: `${stored} of 1 events were stored by the second attempt` };
}
