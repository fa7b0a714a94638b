// Events of another log are sealed so that they open to what they were.

import { createMemoryKeyring, type PendingEvent } from '@paystrata/application';
import { noPersonalData, type PaymentCommand, type PersonalDataPatch } from '@paystrata/domain';
import { expect, it } from 'vitest';
import { newPaymentOrder } from '../testing/orders.ts';
import { recordedBy } from '../testing/recorded-events.ts';
import { PersonalSeals } from './personal-seals.ts';

const personal = { customer: { name: 'Ada', email: null }, description: 'engine', metadata: { door: '7', floor: '1' } };
const creation = newPaymentOrder(500n);
const { command: first } = creation;
const { organizationId, paymentId } = creation;
if (first.type !== 'CreatePayment') throw new Error('a creation was expected');
const { now, subject } = first;
const personalFirst = { ...first, personal };
const stated = { amount: null, currency: null };

/** What those changes of a new payment recorded elsewhere. */
function recorded(...patches: readonly PersonalDataPatch[]): readonly PendingEvent[] {
  const updates = patches.map((patch): PaymentCommand => ({
    type: 'UpdatePayment',
    now,
    stated,
    maxAmount: 1n,
    personal: patch,
  }));
  return recordedBy({ ...creation, command: personalFirst }, ...updates);
}

it('opens to the same events, whatever was changed and removed', async () => {
  const seals = new PersonalSeals(createMemoryKeyring());
  const events = recorded(
    { metadata: { door: null, roof: 'red' } },
    { customer: { email: 'ada@example.org' }, description: null },
    { customer: null, metadata: { floor: '2' } },
  );
  const sealed = await seals.sealEvents({ organizationId, paymentId }, subject, events, noPersonalData);
  expect(JSON.stringify(sealed.map(({ data }) => ('personal' in data ? data.personal : null)))).not.toMatch(
    /Ada|engine|red/,
  );
  const opened = await seals.open(subject, sealed, noPersonalData);
  expect(opened.events.map(({ data }) => data)).toEqual(events.map(({ data }) => data));

  const later = events.slice(1);
  const resealed = await seals.sealEvents({ organizationId, paymentId }, subject, later, personal);
  expect((await seals.open(subject, resealed, personal)).personal).toEqual(opened.personal);
});

it('holds nothing of what was erased later', async () => {
  const seals = new PersonalSeals(createMemoryKeyring());
  const [created] = recorded();
  const [, erased] = recordedBy(creation, { type: 'ErasePersonalData', now });
  if (created === undefined || erased === undefined) throw new Error('two events were expected');
  const sealed = await seals.sealEvents({ organizationId, paymentId }, subject, [created, erased], noPersonalData);
  expect(sealed[0]).toMatchObject({ data: { personal: null } });
  expect(sealed[0]?.sealed).toBeUndefined();
});
