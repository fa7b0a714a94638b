// What the index says of itself while it is filled: how far it may be, and which copy answers.

import { everyPayment, type SearchPayments } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { startOpenSearch, type OpenSearchServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentSource } from '../ports/source.ts';
import { sourceDocument } from '../ports/document-text.ts';
import { documentAt, epoch, found, keyOf } from '../testing/source-cases.ts';
import { createSearchEngineSource } from './search-engine-source.ts';
import { startFakeEngine } from './testing/fake-engine.ts';

type Fill = Parameters<NonNullable<PaymentSource['renew']>>[0];

const prefix = 'filling';
let server: OpenSearchServer;
let source: PaymentSource;

const open = async (url = server.url) => {
  const made = createSearchEngineSource({ url, prefix, timeoutMs: 20_000 });
  await made.open(epoch);
  return made;
};

beforeAll(async () => {
  server = await startOpenSearch();
  source = await open();
});

afterAll(() => server.stop());

const everything: SearchPayments = {
  ...{ type: 'SearchPayments', filter: everyPayment, sort: { by: 'updated', descending: true } },
  ...{ limit: 2, cursor: null, page: null },
};

const search = async (atLeast: number, query = everything, of = source) =>
  known(of.queries.search)(query, { organizationId: acme, epoch, atLeast });

async function indexName(): Promise<string> {
  const reply = await fetch(`${server.url}/_cat/indices/${prefix}-payments-*?h=index`);
  return (await reply.text()).trim();
}

describe('a later page while the log is far ahead', () => {
  const asked: string[] = [];
  const marks = () => asked.filter((path) => path.includes('/_doc/!reach-')).length;

  it('is not older than the first one, which may show what is not held yet; few marks say so', async () => {
    await using fake = await startFakeEngine(server.url, (path) => {
      asked.push(path);
      return null;
    });
    const relayed = await open(fake.url);
    await relayed.clear();
    const end = 5000;
    await relayed.apply({ from: 0, to: 1, end, documents: [documentAt(1, 1)], events: [] });
    await relayed.apply({ from: 1, to: 3, end, documents: [documentAt(2, 2), documentAt(3, 3)], events: [] });
    expect(marks()).toBe(1);
    // It was read from the record when that had gone on.
    asked.length = 0;
    await relayed.apply({ from: 3, to: 4, end, documents: [documentAt(6, 6001)], events: [] });
    expect(asked.findIndex((path) => path.includes('!reach-'))).toBe(0);
    const first = known(await search(0, everything, relayed));
    expect(first.answer.payments[0]?.position).toBe(6001);
    const next = { ...everything, cursor: known(first.answer.next) };
    expect(await search(0, next, relayed)).toBeNull();
    await relayed.apply({ from: 4, to: 6001, documents: [], events: [] });
    expect(known(await search(0, next, relayed)).answer.payments).toHaveLength(2);
  });

  it('can be had from one that is only so far as the log goes', async () => {
    await source.clear();
    const documents = [1, 2, 3].map((each) => documentAt(each, each));
    await source.apply({ from: 0, to: 3, end: 1_000_000, documents, events: [] });
    const next = { ...everything, cursor: known(known(await search(0)).answer.next) };
    expect(await search(0, next)).toBeNull();
    await source.apply({ from: 3, to: 10_003, end: 1_000_000, documents: [], events: [] });
    expect(known(await search(0, next)).answer.payments).toHaveLength(1);
  });
});

describe('a copy that is filled beside what answers', () => {
  const total = async (of = source) => known(await search(4, everything, of)).answer.total.value;
  const renew = (fill: Fill) => known(source.renew)(fill);

  beforeAll(async () => {
    await source.clear();
    await source.apply({ from: 0, to: 4, documents: [1, 2, 3].map((each) => documentAt(each, each)), events: [] });
  });

  it('leaves everything as it was where the filling fails', async () => {
    const before = await indexName();
    const away = new Error('the record is away');
    const fails: Fill[] = [
      async (put) => {
        await put([documentAt(1, 9)]);
        expect(await total()).toBe(3);
        throw away;
      },
      async (put) => {
        const { document } = documentAt(2, 9);
        await put([sourceDocument({ ...document, payment: { ...document.payment, reference: 'x'.repeat(40_000) } })]);
        return 9;
      },
    ];
    await expect(renew(known(fails[0]))).rejects.toBe(away);
    await expect(renew(known(fails[1]))).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(await indexName()).toBe(before);
    expect([await source.held(), await total()]).toEqual([4, 3]);
    expect((await found(source, keyOf(1)))?.answer?.position).toBe(1);
  });

  it('takes its place in one step, also for another process, and goes on from where it was filled to', async () => {
    const [before, another] = [await indexName(), await open()];
    await renew(async (put) => {
      await put([documentAt(1, 9), documentAt(2, 2)]);
      expect((await found(another, keyOf(3)))?.answer?.position).toBe(3);
      expect([await total(), await total(another)]).toEqual([3, 3]);
      await put([documentAt(6, 6)]);
      return 6;
    });
    expect((await indexName()).split('\n')).toHaveLength(1);
    expect(await indexName()).not.toBe(before);
    for (const each of [source, another]) {
      expect(await each.held()).toBe(6);
      expect((await found(each, keyOf(3)))?.answer).toBeNull();
      expect((await found(each, keyOf(1)))?.answer?.position).toBe(9);
      expect(known(await search(6, everything, each)).answer.payments.map(({ position }) => position)).toEqual([9, 6]);
    }
    const next = { ...everything, cursor: known(known(await search(6)).answer.next) };
    expect(await search(6, next)).toBeNull();
    expect(await source.apply({ from: 6, to: 9, documents: [], events: [] })).toBe(9);
    expect(known(await search(0, next)).answer.payments.map(({ position }) => position)).toEqual([2]);
  });
});
