// The index in memory as a source: what every source does with documents, answers like the plain functions, and its limit.
import { silentLogger } from '@paystrata/application';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PaymentSource } from '../ports/source.ts';
import { declareQueryCases } from '../search-engine/testing/query-cases.ts';
import { declareSourceCases, documentAt, epoch, found, keyOf } from '../testing/source-cases.ts';
import { createMemorySource } from './memory-source.ts';

let source: PaymentSource;

async function open(maxPayments: number): Promise<PaymentSource> {
  const made = createMemorySource({ maxPayments, logger: silentLogger });
  await made.open(epoch);
  return made;
}

beforeEach(async () => {
  source = await open(1000);
});

describe('as every source', () => declareSourceCases(() => source, 30));
describe('its answers', () => declareQueryCases(() => source, 5));

it('cannot tell of anything before it was filled from the beginning', async () => {
  expect(await source.held()).toBeNull();
  expect(await source.apply({ from: 0, to: 3, documents: [documentAt(1, 3)], events: [] })).toBeNull();
  expect(await found(source, keyOf(1))).toBeNull();
});

it('with more payments than it may hold it gives up, and goes on with the log', async () => {
  source = await open(2);
  await source.clear();
  const documents = [1, 2, 3].map((number) => documentAt(number, number));
  expect(await source.apply({ from: 0, to: 3, documents, events: [] })).toBe(3);
  expect(await found(source, keyOf(1))).toBeNull();
  expect(await source.apply({ from: 3, to: 9, documents: [documentAt(1, 9)], events: [] })).toBe(9);
  expect(await source.held()).toBe(9);
  expect(await source.organizations()).toEqual([]);
});
