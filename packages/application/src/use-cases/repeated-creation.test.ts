// A creation that is sent again under its command id makes no second payment, also without a reference.

import { parseCommandId, parseCurrency, parseOrganizationId, parsePaymentId, type PaymentId } from '@paystrata/domain';
import { expect, it } from 'vitest';
import { commandContext } from '../buses/context.ts';
import { paymentIdWithin } from '../ids/payment-id.ts';
import { createUuidV7Ids } from '../ids/uuid-v7.ts';
import { systemClock } from '../ports/clock.ts';
import { newPaymentOrder } from './create-payment/handle-create-payment.ts';

const ids = createUuidV7Ids(systemClock);
const organizationId = parseOrganizationId('acme') ?? fail();
const chosen = parsePaymentId(ids.next()) ?? fail();

function orderedId(newPaymentId: PaymentId | null, reference: string | null): string {
  const commandId = parseCommandId('c-1') ?? fail();
  const context = commandContext({ organizationId, commandId, newPaymentId }, ids);
  const message = { amount: 1n, resourceIds: [], metadata: {}, reference };
  const surroundings = { ids, clock: systemClock, maxAmount: 10n };
  const fields = { ...message, currency: parseCurrency('EUR') ?? fail() };
  return newPaymentOrder(fields, context, surroundings, 'CreatePayment', null).paymentId;
}

it('takes the id that was chosen beforehand', () => {
  expect(orderedId(chosen, null)).toBe(chosen);
  expect(orderedId(null, null)).not.toBe(orderedId(null, null));
});

it('lets the reference decide where there is one', () => {
  expect(orderedId(chosen, 'inv-1')).toBe(orderedId(null, 'inv-1'));
  expect(orderedId(chosen, 'inv-1')).not.toBe(chosen);
});

it('gives each payment of several an id of its own, always the same', () => {
  const several = [0, 1, 2].map((index) => paymentIdWithin(chosen, index));
  expect(new Set([...several, chosen]).size).toBe(4);
  expect([0, 1, 2].map((index) => paymentIdWithin(chosen, index))).toEqual(several);
});

function fail(): never {
  throw new Error('a test value is malformed');
}
