// Changing a payment: amounts and data are merged into what there is, and a failed payment is pending again.

import { describe, expect, it } from 'vitest';
import { given } from '../../testing/given.ts';
import { approve, create, decline, erase, EUR, eur, process, terms, update, type Step } from '../../testing/steps.ts';
import { MAX_METADATA_KEYS } from '../limits.ts';

const failed = [create(), process(), decline('a1')] as const;

describe('the amount', () => {
  it('changes, in the currency of the payment', () => {
    const { payment } = given(create(), update({}, 120n));
    expect(payment.amount).toEqual(eur(120n));
    expect(given(create(), update({}, eur(120n))).payment.amount).toEqual(eur(120n));
  });

  it('is what the next attempt charges', () => {
    const { payment } = given(...failed, update({}, 120n), process());
    expect(payment.attempts.map(({ amount }) => amount)).toEqual([eur(100n), eur(120n)]);
  });

  it('stays below the cap', () => {
    expect(given(create()).when(update({}, terms.maxAmount)).outcome).toBe('PaymentUpdated');
    expect(given(create()).when(update({}, terms.maxAmount + 1n)).outcome).toBe('amount_too_large');
  });

  it('is left out of the event where it stays as it is', () => {
    const [event] = given(create()).when(update({ description: 'new' }, 100n)).events;
    expect(event?.data).toEqual({
      amount: null,
      reopened: true,
      subject: terms.subject,
      personal: { description: 'new' },
      personalSize: 3,
    });
  });
});

describe('a failed payment', () => {
  it.each<[string, Step]>([
    ['amount', update({}, 100n)],
    ['description', update({ description: 'second try' })],
    ['customer', update({ customer: { name: 'A. Person' } })],
  ])('is pending again once its %s is given anew', (_, step) => {
    expect(given(...failed, step).payment).toMatchObject({ status: 'pending', failure: null });
  });

  it('stays failed when only metadata changes, or the currency is confirmed', () => {
    expect(given(...failed, update({ metadata: { a: 'b' } })).payment).toMatchObject({
      status: 'failed',
      failure: { code: 'card_declined' },
    });
    expect(given(...failed).when(update({}, EUR)).outcome).toBe('nothing');
  });
});

describe('personal data', () => {
  const person = { name: 'A. Person', email: 'a@example.org' };
  const owned = create({
    personal: { customer: person, description: 'January', metadata: { team: 'blue', job: '7' } },
  });
  const after = (...steps: readonly Step[]) => given(owned, ...steps).payment.personal;

  it('keeps what a change does not name', () => {
    expect(after(update({ description: 'February' }))).toEqual({
      customer: person,
      description: 'February',
      metadata: { team: 'blue', job: '7' },
    });
  });

  it('merges metadata by key, and null removes one', () => {
    expect(after(update({ metadata: { team: 'red', job: null, new: 'x' } })).metadata).toEqual({
      team: 'red',
      new: 'x',
    });
    expect(after(update({ metadata: {} })).metadata).toEqual({ team: 'blue', job: '7' });
  });

  it('merges the customer by field, and is null where nothing is left of one', () => {
    expect(after(update({ customer: { email: null } })).customer).toEqual({ name: 'A. Person', email: null });
    expect(after(update({ customer: { name: null, email: null } })).customer).toBeNull();
    expect(after(update({ customer: null })).customer).toBeNull();
    expect(after(update({ description: null })).description).toBeNull();
  });

  it('keeps names that mean something to JavaScript as mere names', () => {
    const metadata = JSON.parse('{"__proto__": "a", "constructor": "b"}') as Record<string, string>;
    const merged = after(update({ metadata })).metadata;
    expect(Object.entries(merged)).toEqual(
      expect.arrayContaining([
        ['__proto__', 'a'],
        ['constructor', 'b'],
      ]),
    );
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });

  it('is measured after the merge', () => {
    const many = Object.fromEntries(Array.from({ length: MAX_METADATA_KEYS - 1 }, (_, index) => [`k${index}`, 'v']));
    expect(given(owned).when(update({ metadata: many })).outcome).toBe('too_many_entries');
    expect(given(owned).when(update({ metadata: { ...many, job: null } })).outcome).toBe('PaymentUpdated');
  });

  it('cannot come back once it was erased', () => {
    const erased = given(owned, erase());
    expect(erased.payment.personal).toEqual({ customer: null, description: null, metadata: {} });
    expect(erased.when(update({ metadata: { team: 'red' } })).outcome).toBe('personal_data_erased');
    expect(erased.when(update({ description: 'F' })).outcome).toBe('personal_data_erased');
    expect(erased.when(update({}, 90n)).outcome).toBe('PaymentUpdated');
    expect(erased.when(update({ description: null })).outcome).toBe('PaymentUpdated');
  });
});

it('changes metadata of a completed payment, and nothing else of it', () => {
  const completed = given(create(), process(), approve('a1'));
  expect(completed.when(update({ metadata: { a: 'b' } })).state).toMatchObject({ status: 'completed', version: 4 });
  expect(completed.when(update({ metadata: { a: 'b' }, description: 'x' })).outcome).toBe('illegal_state');
});
