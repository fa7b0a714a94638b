// Creating and importing: what the event holds, and what is refused.

import { describe, expect, it } from 'vitest';
import { given } from '../../testing/given.ts';
import { create, eur, importSettled, remove, start, terms, type Step } from '../../testing/steps.ts';
import { instantOf } from '../../ids/instant.ts';
import { MAX_METADATA_KEYS, MAX_RESOURCES } from '../limits.ts';
import { noPersonalData } from '../personal-data.ts';

const day = 24 * 3_600_000;
const yesterday = instantOf(start - day);

it('records the terms, the size of the personal data, and when it came about', () => {
  const { maxAmount: _, ...facts } = terms;
  const personalSize = 'January'.length + 'team'.length + 'blue'.length;
  expect(given(create()).events).toEqual([
    { type: 'PaymentCreated', at: start, data: { ...facts, createdAt: start, personalSize } },
  ]);
});

it('begins pending, with nothing captured and nothing attempted', () => {
  expect(given(create()).payment).toMatchObject({
    id: terms.paymentId,
    organizationId: terms.organizationId,
    status: 'pending',
    amount: eur(100n),
    reference: 'INV-1',
    userId: 'user-1',
    workflowId: 'workflow-1',
    resourceIds: ['vm-1'],
    subject: terms.subject,
    captured: 0n,
    refunded: 0n,
    attempts: [],
    refunds: [],
    failure: null,
    imported: false,
    version: 1,
    personal: terms.personal,
    personalErased: false,
    createdAt: start,
    updatedAt: start,
    processedAt: null,
    failedAt: null,
    refundedAt: null,
  });
});

it('records what was settled outside as completed when it came about, all of it captured', () => {
  const then = given().when(importSettled({ createdAt: yesterday }));
  expect(then.outcome).toBe('PaymentImported');
  expect(then.state).toMatchObject({
    status: 'completed',
    captured: 100n,
    imported: true,
    attempts: [],
    createdAt: yesterday,
    processedAt: yesterday,
    updatedAt: start,
  });
});

it('may lie in the past, never in the future', () => {
  expect(given(create({ createdAt: yesterday })).payment.createdAt).toBe(yesterday);
  expect(given().when(create({ createdAt: start })).outcome).toBe('PaymentCreated');
  expect(given().when(create({ createdAt: instantOf(start + 1) })).outcome).toBe('created_in_future');
});

describe('an id that is taken', () => {
  it('stays taken, and says whether the amount is the same', () => {
    const again = given(create()).when(create());
    expect(again.decision).toMatchObject({
      accepted: false,
      rejection: { code: 'payment_exists', details: { paymentId: terms.paymentId, sameAmount: true } },
    });
    expect(given(create()).when(importSettled({ amount: eur(1n) })).decision).toMatchObject({
      rejection: { code: 'payment_exists', details: { sameAmount: false } },
    });
  });

  it('is not freed by deleting the payment', () => {
    expect(given(create(), remove()).when(create()).outcome).toBe('payment_exists');
  });
});

const text = (length: number): string => 'x'.repeat(length);
const entries = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']));

describe.each<[string, (fields: Parameters<typeof create>[0]) => Step]>([
  ['creating', create],
  ['importing', importSettled],
])('%s', (_, step) => {
  it.each<[string, Parameters<typeof create>[0]]>([
    ['the smallest amount', { amount: eur(1n) }],
    ['the cap', { amount: eur(500n), maxAmount: 500n }],
    ['the longest description', { personal: { ...noPersonalData, description: text(1000) } }],
    ['the longest metadata', { personal: { ...noPersonalData, metadata: { [text(40)]: text(500) } } }],
    ['as much metadata as may be', { personal: { ...noPersonalData, metadata: entries(MAX_METADATA_KEYS) } }],
    ['the longest customer', { personal: { ...noPersonalData, customer: { name: text(320), email: text(320) } } }],
    ['the longest reference', { reference: text(255) }],
    ['as many resources as may be', { resourceIds: Array.from({ length: MAX_RESOURCES }, () => text(255)) }],
    ['nothing that may be left out', { reference: null, userId: null, resourceIds: [], personal: noPersonalData }],
  ])('takes %s', (_, fields) => {
    expect(given().when(step(fields)).events).toHaveLength(1);
  });

  it.each<[string, string, string, Parameters<typeof create>[0]]>([
    ['amount_not_positive', 'amount', 'zero', { amount: eur(0n) }],
    ['amount_not_positive', 'amount', 'a credit', { amount: eur(-1n) }],
    ['amount_too_large', 'amount', 'more than the cap', { amount: eur(501n), maxAmount: 500n }],
    ['field_too_long', 'description', 'too long', { personal: { ...noPersonalData, description: text(1001) } }],
    ['field_too_long', 'metadata', 'too long a key', { personal: { ...noPersonalData, metadata: { [text(41)]: '' } } }],
    ['field_too_long', 'metadata', 'too long a value', { personal: { ...noPersonalData, metadata: { a: text(501) } } }],
    [
      'too_many_entries',
      'metadata',
      'too many keys',
      { personal: { ...noPersonalData, metadata: entries(MAX_METADATA_KEYS + 1) } },
    ],
    [
      'field_too_long',
      'customer.name',
      'too long',
      { personal: { ...noPersonalData, customer: { name: text(321), email: null } } },
    ],
    [
      'field_too_long',
      'customer.email',
      'too long',
      { personal: { ...noPersonalData, customer: { name: null, email: text(321) } } },
    ],
    ['field_too_long', 'reference', 'too long', { reference: text(256) }],
    ['field_too_long', 'userId', 'too long', { userId: text(256) }],
    ['field_too_long', 'workflowId', 'too long', { workflowId: text(256) }],
    ['field_too_long', 'resourceIds', 'too long', { resourceIds: ['a', text(256)] }],
    [
      'too_many_entries',
      'resourceIds',
      'too many',
      { resourceIds: Array.from({ length: MAX_RESOURCES + 1 }, () => 'a') },
    ],
  ])('refuses with %s for %s: %s', (code, param, _, fields) => {
    expect(given().when(step(fields)).decision).toMatchObject({ accepted: false, rejection: { code, param } });
  });
});
