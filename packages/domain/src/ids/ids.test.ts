// Which texts are ids, and how ids are made.

import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  attemptIdOf,
  gatewayKeyOf,
  parseAttemptId,
  parseCommandId,
  parseGatewayKey,
  parseOrganizationId,
  parsePaymentId,
  parseRefundId,
  parseSubjectId,
  refundIdOf,
  type AttemptId,
  type OrganizationId,
  type PaymentId,
  type RefundId,
} from './ids.ts';
import { known } from '../testing/steps.ts';

const uuid = '01980000-0000-7000-8000-00000000000a';

describe('an organization id', () => {
  it.each(['a', '0', 'leeds-city-council', 'a'.repeat(63), 'a-'])('is %s', (text) => {
    expect(parseOrganizationId(text)).toBe(text);
  });

  it.each(['', '-a', 'A', 'a_b', 'a b', 'ä', 'a\n', ' a', 'a'.repeat(64), '*'])('is not %j', (text) => {
    expect(parseOrganizationId(text)).toBeUndefined();
  });
});

describe('a payment id', () => {
  it('is a UUID, kept in lower case', () => {
    expect(parsePaymentId(uuid)).toBe(uuid);
    expect(parsePaymentId(uuid.toUpperCase())).toBe(uuid);
  });

  it.each(['', uuid.slice(1), `${uuid}0`, `{${uuid}}`, uuid.replace('a', 'g'), uuid.replaceAll('-', ''), `${uuid}\n`])(
    'is not %j',
    (text) => {
      expect(parsePaymentId(text)).toBeUndefined();
    },
  );
});

describe.each([
  ['a command id', parseCommandId],
  ['a subject id', parseSubjectId],
  ['a gateway key', parseGatewayKey],
])('%s', (_, parse) => {
  it.each(['a', '!', '~', 'order 1'.replace(' ', '-'), 'x'.repeat(255)])('is %s', (text) => {
    expect(parse(text)).toBe(text);
  });

  it.each(['', ' ', 'a b', 'a\t', 'é', '\u0000', '\u007f', 'x'.repeat(256)])('is not %j', (text) => {
    expect(parse(text)).toBeUndefined();
  });
});

describe('the id of an attempt or refund', () => {
  it.each(['a1', 'a10', 'a9999'])('is %s', (text) => {
    expect(parseAttemptId(text)).toBe(text);
    expect(parseRefundId(text.replace('a', 'r'))).toBe(text.replace('a', 'r'));
  });

  it.each(['', 'a', '1', 'a0', 'a01', 'a10000', 'A1', 'a1 ', 'a-1', 'b1'])('is not %j', (text) => {
    expect(parseAttemptId(text)).toBeUndefined();
    expect(parseRefundId(text.replace('a', 'r'))).toBeUndefined();
  });

  it('is never that of the other kind', () => {
    expect(parseAttemptId('r1')).toBeUndefined();
    expect(parseRefundId('a1')).toBeUndefined();
  });

  it('is made of its number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (ordinal) => {
        expect(parseAttemptId(attemptIdOf(ordinal))).toBe(`a${ordinal}`);
        expect(parseRefundId(refundIdOf(ordinal))).toBe(`r${ordinal}`);
      }),
    );
  });

  it.each([0, -1, 1.5, 10_000, Number.NaN, Number.POSITIVE_INFINITY, 1e21])('has no number %s', (ordinal) => {
    expect(() => attemptIdOf(ordinal)).toThrow(RangeError);
    expect(() => refundIdOf(ordinal)).toThrow(RangeError);
  });
});

it('cannot be taken for another id, nor made without its constructor', () => {
  expectTypeOf<AttemptId>().not.toExtend<RefundId>();
  expectTypeOf<PaymentId>().not.toExtend<OrganizationId>();
  expectTypeOf<string>().not.toExtend<PaymentId>();
  expectTypeOf<PaymentId>().toExtend<string>();
});

it('makes one key of a payment and its attempt or refund, the same every time', () => {
  const payment = known(parsePaymentId(uuid));
  expect(gatewayKeyOf(payment, attemptIdOf(2))).toBe(`${uuid}:a2`);
  expect(gatewayKeyOf(payment, refundIdOf(2))).toBe(`${uuid}:r2`);
  expect(parseGatewayKey(gatewayKeyOf(payment, refundIdOf(9999)))).toBeDefined();
});
