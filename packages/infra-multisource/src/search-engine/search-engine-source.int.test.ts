// The search engine as a source: what it holds, when that shows, and what becomes of it when the server is away,
// refuses, or was changed by another hand.

import { randomUUID } from 'node:crypto';
import { everyPayment, type SearchPayments } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { startOpenSearch, startToxiproxy, type OpenSearchServer } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentSource, SourceDocument } from '../ports/source.ts';
import { sourceDocument } from '../ports/document-text.ts';
import { declareSourceCases, documentAt, epoch, found, keyOf } from '../testing/source-cases.ts';
import { createSearchEngineSource } from './search-engine-source.ts';
import { startFakeEngine } from './testing/fake-engine.ts';

let server: OpenSearchServer;
let source: PaymentSource;

const open = async (options: Partial<Parameters<typeof createSearchEngineSource>[0]> = {}, log = epoch) => {
  const made = createSearchEngineSource({ url: server.url, prefix: 'sources', timeoutMs: 20_000, ...options });
  await made.open(log);
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

describe('as every source', () => declareSourceCases(() => source, 4));

describe('what shows', () => {
  it('shows what it holds to who needs it, at once', async () => {
    await source.clear();
    for (const position of [1, 2, 3]) {
      const documents = [documentAt(position, position)];
      await source.apply({ from: position - 1, to: position, documents, events: [] });
      const page = known(await search(position));
      expect(page.position).toBe(position);
      expect(page.answer.total.value).toBe(position);
    }
    expect(known(await search(99)).position).toBe(3);
  });

  it('is as fresh in another process, which is told nothing', async () => {
    const another = await open();
    await source.apply({ from: 3, to: 6, documents: [documentAt(6, 6)], events: [] });
    expect(known(await search(6, everything, another)).answer.payments[0]?.position).toBe(6);
  });

  it('shows no later page that is older than the first one', async () => {
    const first = known(await search(0));
    const next = { ...everything, cursor: known(first.answer.next) };
    const rest = known(await search(0, next));
    expect(rest.position).toBeGreaterThanOrEqual(first.position);
    expect(rest.answer.payments.map(({ position }) => position)).toEqual([2, 1]);
    await source.clear();
    expect(await search(0, next)).toBeNull();
  });
});

it('keeps nothing personal of a payment that was erased, in no field', async () => {
  await source.clear();
  await source.apply({ from: 0, to: 1, documents: [documentAt(1, 1)], events: [] });
  await source.apply({ from: 1, to: 2, documents: [documentAt(1, 1, true)], events: [] });
  await known(source.queries.suggestions)(
    { type: 'SuggestPayments', prefix: 'ada', field: null, limit: 5 },
    { organizationId: acme, epoch, atLeast: 2 },
  ).then((answer) => expect(answer?.answer).toEqual([]));
  const raw = await fetch(`${server.url}/sources-*/_search?q=*:*&size=100`);
  expect(await raw.text()).not.toContain('Ada');
});

it('begins anew where its index was deleted, and never makes one unasked', async () => {
  await source.clear();
  const stale = await open();
  expect(await stale.held()).toBe(0);
  await fetch(`${server.url}/${await indexName()}`, { method: 'DELETE' });
  expect(await stale.apply({ from: 0, to: 1, documents: [documentAt(1, 1)], events: [] })).toBeNull();
  expect(await found(source, keyOf(1))).toBeNull();
  expect(await search(1)).toBeNull();
  expect(await source.held()).toBeNull();
  expect(await indexName()).toBe('');
  await source.clear();
  expect(await source.held()).toBe(0);
});

it('refuses an index with another mapping, and says where it differs', async () => {
  const prefix = `foreign-${randomUUID().slice(0, 8)}`;
  const template = {
    index_patterns: [`${prefix}-*`],
    priority: 500,
    template: { mappings: { properties: { extra: { type: 'text' } } } },
  };
  await send('PUT', '/_index_template/foreign', template);
  const foreign = await open({ prefix });
  await expect(foreign.clear()).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    retryable: false,
    message: expect.stringMatching(/properties\.extra is .*index template/) as string,
  });
  await send('DELETE', '/_index_template/foreign');
  await foreign.clear();
  await send('PUT', `/${await indexName(prefix)}/_mapping`, { properties: { mine: { type: 'text' } } });
  await expect(open({ prefix })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

it('says which document the engine refuses, and puts the others', async () => {
  await source.clear();
  const good = documentAt(1, 1);
  const { document } = documentAt(2, 2);
  const payment = { ...document.payment, reference: 'x'.repeat(40_000) };
  const bad: SourceDocument = sourceDocument({ ...document, payment });
  const refused = source.apply({ from: 0, to: 2, documents: [bad, good], events: [] });
  await expect(refused).rejects.toMatchObject({
    retryable: false,
    message: expect.stringContaining(keyOf(2).paymentId) as string,
  });
  expect((await found(source, keyOf(1)))?.answer).toEqual(good.document);
  expect(await source.held()).toBe(0);
});

describe('failures', () => {
  it('an engine that is busy is asked again, only for what it did not take', async () => {
    let asked = 0;
    const bodies: string[] = [];
    await using fake = await startFakeEngine(server.url, (path, body) => {
      if (!path.includes('_bulk')) return null;
      bodies.push(body);
      asked += 1;
      const busy = { status: 429, error: { type: 'rejected_execution_exception' } };
      if (asked === 1) return { status: 429, json: { error: { type: 'circuit_breaking_exception', reason: 'much' } } };
      if (asked === 2)
        return { status: 200, json: { errors: true, items: [{ index: { status: 201 } }, { index: busy }] } };
      return null;
    });
    const patient = await open({ url: fake.url });
    await patient.clear();
    const documents = [documentAt(1, 1), documentAt(2, 2)];
    expect(await patient.apply({ from: 0, to: 2, documents, events: [] })).toBe(2);
    expect(bodies.map((body) => body.trim().split('\n').length)).toEqual([4, 4, 2]);
  });

  it.each([
    ['another program', { status: 200, json: 'hello' }, 'CONFIG_INVALID'],
    ['an engine that is too old', { status: 200, json: { version: { number: '6.8.0' } } }, 'CONFIG_INVALID'],
    ['a login that is refused', { status: 401, json: { error: 'no' } }, 'CONFIG_INVALID'],
    ['an engine in trouble', { status: 503, json: { error: { type: 'x', reason: 'y' } } }, 'STORE_UNAVAILABLE'],
  ])('%s is named', async (_, reply, code) => {
    await using fake = await startFakeEngine(server.url, () => reply);
    const url = fake.url.replace('http://', 'http://someone:secret-word@');
    const failure = await open({ url })
      .then((opened) => opened.held())
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'PortFailure', code });
    expect(String(failure)).not.toContain('secret-word');
  });

  it('an engine whose disk is full says so', async () => {
    await using fake = await startFakeEngine(server.url, (path) => {
      const block = { type: 'cluster_block_exception', reason: 'disk usage exceeded flood-stage watermark' };
      if (!path.includes('_bulk')) return null;
      return { status: 200, json: { errors: true, items: [{ index: { status: 429, error: block } }] } };
    });
    const full = await open({ url: fake.url });
    await full.clear();
    const refused = full.apply({ from: 0, to: 1, documents: [documentAt(1, 1)], events: [] });
    await expect(refused).rejects.toMatchObject({ code: 'STORE_FULL' });
  });

  it('one that is not there, or holds still, fails in time and is there again', async () => {
    await using proxy = await startToxiproxy();
    const link = await proxy.link(server.url);
    await link.cut();
    const linked = await open({ url: link.through(server.url), timeoutMs: 500 });
    await expect(linked.held()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
    await link.mend();
    expect(await linked.held()).toBe(0);
    await link.swallow();
    await expect(linked.held()).rejects.toThrow('did not answer within 500 ms');
    await link.mend();
    expect(await linked.held()).toBe(0);
  });
});

async function indexName(prefix = 'sources'): Promise<string> {
  const reply = await fetch(`${server.url}/_cat/indices/${prefix}-payments-*?h=index`);
  return (await reply.text()).trim();
}

async function send(method: string, path: string, body?: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${server.url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  expect(await reply.text()).toContain('"acknowledged":true');
}
