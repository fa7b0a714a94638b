import { expect, it } from 'vitest';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { silentLogger } from '../ports/logger.ts';
import { createArrayStore } from '../testing/array-store.ts';
import { acme, createCountingIds } from '../testing/known.ts';
import { createSkippingClock } from '../testing/movable-clock.ts';
import { createTestApplication } from '../testing/test-application.ts';
import { createEventBus } from './event-bus.ts';

async function someEvents(): Promise<readonly RecordedEvent[]> {
  const store = createArrayStore();
  const { send } = createTestApplication({ store, clock: createSkippingClock(), ids: createCountingIds() });
  const paymentId = (await send({ type: 'CreatePayment', amount: 5, currency: 'EUR' })).paymentId;
  await send({ type: 'CancelPayment', paymentId });
  expect(store.events.every(({ organizationId }) => organizationId === acme)).toBe(true);
  return store.events;
}

it('hands events on in order per payment, to each subscriber apart from the others', async () => {
  const failed: string[] = [];
  const bus = createEventBus({ ...silentLogger, error: (_, message) => void failed.push(message) });
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  bus.subscribe('all', async ({ type }) => {
    if (type === 'PaymentCreated') await gate.promise;
    seen.push(`slow ${type}`);
  });
  bus.subscribe('all', () => Promise.reject(new Error('broken subscriber')));
  const unsubscribe = bus.subscribe(['PaymentCancelled'], async ({ type }) => void seen.push(`quick ${type}`));
  bus.use(async (event, next) => next(event));
  const events = await someEvents();
  bus.publish(events);
  await Promise.resolve();
  gate.resolve();
  await bus.settled();
  expect(seen).toEqual(['quick PaymentCancelled', 'slow PaymentCreated', 'slow PaymentCancelled']);
  expect(failed).toHaveLength(2);
  unsubscribe();
  bus.publish(events);
  await bus.settled();
  expect(seen.filter((each) => each.startsWith('quick'))).toHaveLength(1);
});
