import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../events/testing/sample-events.ts';
import { meets } from './event-criteria.ts';
import type { Criterion } from './event-queries.ts';

const created = sampleEvent('PaymentCreated').data;
const updated = sampleEvent('PaymentUpdated').data;
const failed = sampleEvent('PaymentFailed').data;

type Case = readonly [Criterion['path'], Criterion['operator'], Criterion['value'], boolean];
const check = (data: object, [path, operator, value, expected]: Case) =>
  expect(`${path} ${operator} ${String(value)} ${meets({ path, operator, value }, data)}`).toBe(
    `${path} ${operator} ${String(value)} ${expected}`,
  );

describe('a criterion', () => {
  it.each<Case>([
    ['amount.amount', 'eq', '12999', true],
    ['amount.amount', 'eq', 12999, true],
    ['amount.amount', 'eq', '012999', true],
    ['amount.amount', 'ne', '12999', false],
    ['amount.amount', 'gt', '9', true],
    ['amount.amount', 'gt', '13000', false],
    ['amount.amount', 'gte', '12999', true],
    ['amount.amount', 'lt', '100000', true],
    ['amount.amount', 'lte', 12998.5, false],
    ['amount.amount', 'gt', 12998.5, true],
    ['amount.amount', 'in', ['1', '12999'], true],
    ['amount.amount', 'in', ['1', '2'], false],
    ['amount.amount', 'eq', '129.99', false],
    ['amount.amount', 'gt', 'many', false],
    ['amount.amount', 'gt', Number.NaN, false],
    ['amount.amount', 'contains', '99', false],
  ])('compares amounts as whole numbers: %s %s %s is %s', (...each) => check(created, each));

  it('compares amounts exactly beyond 2^53', () => {
    const { data } = sampleEvent('PaymentImported');
    check(data, ['amount.amount', 'gt', '9007199254740992', true]);
    check(data, ['amount.amount', 'eq', '9007199254740992', false]);
  });

  it.each<Case>([
    ['amount.currency', 'eq', 'EUR', true],
    ['amount.currency', 'eq', 'eur', false],
    ['amount.currency', 'in', ['GBP', 'EUR'], true],
    ['amount.currency', 'ne', 'GBP', true],
    ['amount.currency', 'gt', 'EU', true],
    ['reference', 'contains', '2025/', true],
    ['reference', 'contains', 'INVOICE', false],
    ['reference', 'eq', 2025, false],
    ['reference', 'ne', 2025, true],
    ['personal.metadata.order', 'eq', '17', true],
    ['personal.metadata.order', 'eq', 17, false],
    ['personal.metadata.order', 'gt', 5, false],
    ['personal.metadata.order', 'gt', '5', false],
    ['personal.metadata.cost centre', 'eq', 'R&D', true],
    ['resourceIds', 'contains', 'storage', true],
    ['resourceIds', 'contains', 'stor', false],
    ['resourceIds', 'eq', 'storage', false],
  ])('compares texts as texts: %s %s %s is %s', (...each) => check(created, each));

  it.each<Case>([
    ['createdAt', 'gte', '2025-06-15T15:06:40Z', true],
    ['createdAt', 'gt', '2025-06-15T17:06:40+02:00', false],
    ['createdAt', 'eq', '2025-06-15T17:06:40.000+02:00', true],
    ['createdAt', 'lt', '2025-06-16', true],
    ['createdAt', 'gt', 0, false],
    ['createdAt', 'gt', 'long ago', false],
  ])('compares instants as instants: %s %s %s is %s', (...each) => check(created, each));

  it.each<Case>([
    ['reopened', 'eq', true, true],
    ['reopened', 'ne', true, false],
    ['reopened', 'eq', 'true', false],
    ['personalSize', 'lt', 8, true],
    ['personalSize', 'eq', '7', false],
    ['personal.customer', 'ne', 'x', false],
    ['personal.description', 'ne', 'x', false],
    ['nothing.there', 'ne', 'x', false],
    ['amount', 'ne', 'x', false],
    ['__proto__', 'ne', 'x', false],
    ['toString', 'ne', 'x', false],
    ['subject.length', 'gt', 0, false],
    ['', 'ne', 'x', false],
  ])('needs a value of the right kind: %s %s %s is %s', (...each) => check(updated, each));

  it('reaches into failures, and keys that contain dots', () => {
    check(failed, ['failure.retryable', 'eq', true, true]);
    check(failed, ['failure.code', 'in', ['lost_card', 'insufficient_funds'], true]);
    check({ personal: { metadata: { 'a.b': 'x' } } }, ['personal.metadata.a.b', 'eq', 'x', true]);
  });

  it('takes a list with `in` only', () => {
    check(created, ['amount.currency', 'eq', ['EUR'], false]);
    check(created, ['amount.currency', 'in', 'EUR', true]);
  });
});
