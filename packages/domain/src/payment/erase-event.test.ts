import { expect, it } from 'vitest';
import { instantOf } from '../ids/instant.ts';
import { parseSubjectId } from '../ids/ids.ts';
import { eraseEvent } from './erase-event.ts';
import type { PaymentEvent } from './events.ts';

const at = instantOf(0);

it('takes personal data out, keeps all else, and leaves other events alone', () => {
  const subject = parseSubjectId('customer-1');
  if (subject === undefined) throw new Error('not a subject');
  const data = { amount: null, reopened: true, subject, personal: { description: 'Ada' }, personalSize: 3 };
  const update: PaymentEvent & { note: string } = { type: 'PaymentUpdated', at, data, note: 'kept' };
  expect(eraseEvent(update)).toEqual({ ...update, data: { ...data, personal: null } });
  expect(update.data.personal).toEqual({ description: 'Ada' });
  const cancelled: PaymentEvent = { type: 'PaymentCancelled', at, data: { reason: null } };
  expect(eraseEvent(cancelled)).toBe(cancelled);
});
