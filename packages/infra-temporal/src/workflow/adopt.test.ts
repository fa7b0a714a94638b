// Events of another log follow upon the record, or change nothing.

import { systemClock } from '@paystrata/application';
import { expect, it } from 'vitest';
import { ids, newPaymentOrder } from '../testing/orders.ts';
import { recordedBy } from '../testing/recorded-events.ts';
import { adopt } from './adopt.ts';
import { PaymentStream } from './payment-stream.ts';

const now = systemClock.now();
const [first, cancelled] = recordedBy(newPaymentOrder(500n, now), { type: 'CancelPayment', now, reason: null });
if (first === undefined || cancelled === undefined) throw new Error('two events were expected');

it('appends what follows, and knows it again', () => {
  const stream = new PaymentStream([]);
  expect(adopt([first], stream)).toEqual({ kind: 'adopted', adopted: 1, known: 0 });
  expect(adopt([first, cancelled], stream)).toEqual({ kind: 'adopted', adopted: 1, known: 1 });
  expect(adopt([first, cancelled], stream)).toEqual({ kind: 'adopted', adopted: 0, known: 2 });
  expect(stream.payment?.status).toBe('cancelled');
});

it.each([
  ['another event of a version that is there', [{ ...first, eventId: ids.next() }], { kind: 'differs', version: 1 }],
  ['a gap', [{ ...cancelled, version: 3 }], { kind: 'gap', version: 3 }],
  ['what cannot be', [{ ...first, eventId: ids.next(), version: 2 }], { kind: 'impossible' }],
])('refuses %s, whole', (_case, events, outcome) => {
  const stream = new PaymentStream([first]);
  const last = { ...cancelled, version: (events.at(-1)?.version ?? 0) + 1 };
  expect(adopt([...events, last], stream)).toMatchObject(outcome);
  expect(stream.version).toBe(1);
});
