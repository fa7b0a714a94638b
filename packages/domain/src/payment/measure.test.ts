// How much an event weighs: figures that must never change, because the limit of old payments depends on them.

import { expect, it } from 'vitest';
import { given } from '../testing/given.ts';
import { create, process, update } from '../testing/steps.ts';
import { measure } from './measure.ts';
import { noPersonalData, personalDataSize } from './personal-data.ts';

it('weighs texts by their length, numbers by 8, the rest by 4, and every name by its length', () => {
  const [, started] = given(create(), process()).events;
  const type = 'PaymentProcessingStarted'.length;
  const attempt = 'attemptId'.length + 'a1'.length;
  const key = 'gatewayKey'.length + '01980000-0000-7000-8000-000000000001:a1'.length;
  const method = 'method'.length + 'test_approve'.length;
  const amount = 'amount'.length + 'amount'.length + 8 + 'currency'.length + 'EUR'.length;
  expect(started && measure(started)).toBe(type + attempt + key + method + amount);
});

it('weighs personal data by the size recorded with it, so that erasing it changes nothing', () => {
  const [, event] = given(create(), update({ description: 'February', metadata: { team: null } })).events;
  if (event?.type !== 'PaymentUpdated') throw new Error('the update came to something else');
  const subject = 'subject'.length + 'customer-1'.length;
  const flags = 'amount'.length + 4 + 'reopened'.length + 4;
  const personal = 'personalSize'.length + 'February'.length;
  expect(measure(event)).toBe('PaymentUpdated'.length + flags + subject + personal);
  expect(measure({ ...event, data: { ...event.data, personal: null } })).toBe(measure(event));
});

it('counts every character of personal data', () => {
  const customer = { name: 'A. Person', email: 'a@example.org' };
  expect(personalDataSize(noPersonalData)).toBe(0);
  expect(personalDataSize({})).toBe(0);
  expect(personalDataSize({ customer, description: 'January', metadata: { team: 'blue', job: '' } })).toBe(
    9 + 13 + 7 + 8 + 3,
  );
});
