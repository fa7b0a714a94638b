import type { PaymentDocument } from '@paystrata/application';
import { createMemoryStore } from '../store/memory-store.ts';
import { acme, known } from '@paystrata/conformance/random-payments';
import { createStoreWriteModel, createUuidV7Ids, systemClock } from '@paystrata/application';
import { instantOf } from '@paystrata/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { ServedIndex } from './served-index.ts';
import { cancellation, creation, order } from './testing/orders.ts';

let served: ServedIndex;
let told: PaymentDocument[];
let execute: (...orders: Parameters<ReturnType<typeof createStoreWriteModel>['execute']>[0][]) => Promise<void>;

beforeEach(async () => {
  told = [];
  served = new ServedIndex({ changed: (document) => told.push(document), replaced: () => undefined });
  const store = createMemoryStore({ projection: served });
  await store.start();
  const write = createStoreWriteModel({ store, ids: createUuidV7Ids(systemClock), clock: systemClock });
  execute = async (...orders) => {
    for (const each of orders) await write.execute(each);
  };
});

describe('the index that is served', () => {
  it('has every change when it is asked, and a payment that changed twice in a row only once', async () => {
    await execute(creation(1), cancellation(1), creation(2));
    expect(told).toEqual([]);
    expect([served.current.size(), served.current.get(creation(1))?.payment.status]).toEqual([2, 'cancelled']);
    expect(told.map(({ payment }) => payment.version)).toEqual([2, 1]);
    await execute(cancellation(2));
    expect(served.current.get(creation(2))?.payment.status).toBe('cancelled');
  });

  it('does not let changes wait for ever, nor what was erased at all', async () => {
    await execute(...Array.from({ length: 100 }, (_, number) => creation(number)));
    const taken = told.length;
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(100);
    await execute(order(3, 'erase', acme, { type: 'ErasePersonalData', now: instantOf(Date.UTC(2026, 1, 1)) }));
    expect(known(told.at(-1)).payment).toMatchObject({ id: creation(3).paymentId, personalErased: true });
    expect(told).toHaveLength(101);
  });

  it('hands every change to the one that is prepared as well', async () => {
    await execute(creation(1));
    const next = served.prepare();
    await execute(creation(2));
    expect(served.take(next)).toBe(true);
    expect([served.current === next, served.current.size()]).toEqual([true, 1]);
    served.clear();
    expect(served.current.size()).toBe(0);
  });
});
