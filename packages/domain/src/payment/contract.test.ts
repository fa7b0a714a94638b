// Names that stored events, clients and other packages rely on. One may join; none is ever renamed or taken away.

import { describe, expect, it } from 'vitest';
import { given } from '../testing/given.ts';
import { approve, create, decline, eur, process, terms } from '../testing/steps.ts';
import { MAX_ATTEMPTS } from './limits.ts';
import { paymentEventTypes, type PaymentEventType } from './events.ts';
import { failureCodes } from './gateway-answer.ts';
import { rejectionCodes } from './rejections.ts';
import { paymentStatuses } from './state.ts';

const eventTypes: Record<PaymentEventType, true> = {
  PaymentCreated: true,
  PaymentImported: true,
  PaymentUpdated: true,
  PaymentProcessingStarted: true,
  PaymentProcessed: true,
  PaymentFailed: true,
  PaymentCancelled: true,
  RefundRequested: true,
  PaymentRefunded: true,
  RefundFailed: true,
  PaymentParked: true,
  PaymentSettled: true,
  PaymentDeleted: true,
  PersonalDataErased: true,
};

const words = (text: string): string[] => text.trim().split(/\s+/);

it.each([
  ['types of events', paymentEventTypes, Object.keys(eventTypes)],
  [
    'statuses',
    paymentStatuses,
    words('pending processing completed failed cancelled partially_refunded refunded deleted'),
  ],
  [
    'failure codes',
    failureCodes,
    words(`
      card_declined insufficient_funds expired_card incorrect_cvc incorrect_number lost_card stolen_card do_not_honor
      fraudulent card_velocity_exceeded currency_not_supported authentication_required processing_error`),
  ],
  [
    'rejection codes',
    rejectionCodes,
    words(`
      payment_not_found payment_exists payment_deleted illegal_state needs_review amount_not_positive amount_too_large
      amount_mismatch currency_mismatch created_in_future attempts_exhausted refund_exceeds_captured nothing_to_refund
      nothing_to_settle settlement_ambiguous settlement_impossible item_unknown answer_conflict personal_data_erased
      field_too_long too_many_entries payment_full`),
  ],
])('knows these %s, each once', (_, known, expected) => {
  expect([...known]).toEqual(expected);
  expect(new Set(known).size).toBe(known.length);
});

describe('a rejection', () => {
  it.each([
    [
      'of a state says which it is and which it must be',
      process(),
      [create(), process()],
      {
        code: 'illegal_state',
        param: null,
        details: { status: 'processing', allowed: 'pending,failed' },
      },
    ],
    [
      'of an amount says the cap',
      create({ amount: eur(11n), maxAmount: 10n }),
      [],
      {
        code: 'amount_too_large',
        param: 'amount',
        details: { most: '10' },
      },
    ],
    [
      'of a text says how long it is and may be',
      create({ reference: 'x'.repeat(256) }),
      [],
      {
        code: 'field_too_long',
        param: 'reference',
        details: { length: 256, most: 255 },
      },
    ],
    [
      'of a list says how long it is and may be',
      create({ resourceIds: Array.from({ length: 51 }, () => 'a') }),
      [],
      {
        code: 'too_many_entries',
        param: 'resourceIds',
        details: { count: 51, most: 50 },
      },
    ],
    [
      'of one attempt more says how many there may be',
      process(),
      [create(), ...Array.from({ length: MAX_ATTEMPTS }, () => [process(), decline('attempt')]).flat()],
      {
        code: 'attempts_exhausted',
        param: null,
        details: { most: MAX_ATTEMPTS },
      },
    ],
    [
      'of what the gateway says anew names it',
      decline('a1'),
      [create(), process(), approve('a1')],
      {
        code: 'answer_conflict',
        details: { item: 'a1' },
      },
    ],
    [
      'of an id that is taken names its reference',
      create(),
      [create()],
      {
        code: 'payment_exists',
        message: `payment ${terms.paymentId} exists, with the reference INV-1`,
      },
    ],
    [
      'of an id that is taken without a reference names none',
      create(),
      [create({ reference: null })],
      {
        code: 'payment_exists',
        message: `payment ${terms.paymentId} exists`,
      },
    ],
  ])('%s', (_, step, history, rejection) => {
    expect(given(...history).when(step).decision).toMatchObject({ accepted: false, rejection });
  });
});
