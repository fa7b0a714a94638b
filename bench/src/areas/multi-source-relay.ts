// What a relay makes of its server: batches as it brings them, beside the same documents sent by the same client bare.

import { encodePayment, silentLogger, systemClock, type PaymentDocument } from '@paystrata/application';
import {
  createRedisSource,
  createSearchEngineSource,
  sourceDocument,
  type PaymentSource,
} from '@paystrata/infra-multisource';
import { createClient } from 'redis';
import { z } from 'zod';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { creationEntries } from '../harness/entries.ts';

const DOCUMENTS = 10_000;
/** As a relay brings them. */
const BATCH = 500;

/** Documents of a round: new payments each time, with positions that go on. */
function newDocuments(from: number): readonly PaymentDocument[] {
  return creationEntries(DOCUMENTS).map(({ payment }, index) => ({ payment, position: from + index + 1 }));
}

function batchesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: items.length / BATCH }, (_, index) => items.slice(index * BATCH, (index + 1) * BATCH));
}

/**
 * As a relay that is behind: moves the position with each batch, and knows how far the log is. Makes the text and the
 * fingerprint of each document in the time that is measured: of the relays of a process the first one does, and the
 * others find them made.
 */
function relayed(name: string, source: PaymentSource): Contender {
  let position = 0;
  return {
    name,
    prepare: () => {
      const documents = newDocuments(position);
      const end = position + DOCUMENTS;
      return {
        run: async () => {
          for (const batch of batchesOf(documents)) {
            const from = position;
            position = batch.at(-1)?.position ?? position;
            await source.apply({ from, to: position, end, documents: batch.map(sourceDocument), events: [] });
          }
          return DOCUMENTS;
        },
      };
    },
  };
}

/** The least that says as much: the state and what is personal of it. */
function textOf({ payment }: PaymentDocument): string {
  return JSON.stringify({ state: encodePayment(payment), personal: payment.personal });
}

/** @param url of a server that nobody else uses */
export async function benchRedisRelay(url: string): Promise<ComparisonResult> {
  const source = createRedisSource({ url, logger: silentLogger, timeoutMs: 20_000 });
  await source.open('bench');
  await source.clear();
  const client = createClient({ url });
  await client.connect();
  const bare: Contender = {
    name: 'redis client, pipelined SET',
    prepare: () => {
      const documents = newDocuments(0);
      return {
        run: async () => {
          for (const batch of batchesOf(documents)) {
            await Promise.all(batch.map((document) => client.set(`raw:${document.payment.id}`, textOf(document))));
          }
          return DOCUMENTS;
        },
      };
    },
  };
  try {
    return await compare({
      title: 'relay to Redis, batches of 500 documents',
      unit: 'documents',
      contenders: [relayed('relay', source), bare],
    });
  } finally {
    client.destroy();
    await source.close();
  }
}

/** @param url of a server that nobody else uses */
export async function benchSearchRelay(url: string): Promise<ComparisonResult> {
  const source = createSearchEngineSource({ url, timeoutMs: 60_000, clock: systemClock });
  await source.open('bench');
  await source.clear();
  const [first] = newDocuments(0).map(sourceDocument);
  if (first !== undefined) await source.apply({ from: 0, to: 0, documents: [first], events: [] });
  await fetch(`${url}/paystrata-payments-*/_refresh`, { method: 'POST' });
  const { lines, index } = await rawBulk(url);
  const bare: Contender = {
    name: 'fetch, _bulk of the same fields',
    prepare: () => {
      const documents = newDocuments(0);
      return {
        run: async () => {
          for (const batch of batchesOf(documents)) {
            const body = batch.map(lines).join('');
            const reply = await fetch(`${url}/${index}/_bulk?filter_path=errors`, {
              ...{ method: 'POST', body, headers: { 'content-type': 'application/x-ndjson' } },
            });
            const text = await reply.text();
            if (!reply.ok || text.includes('true')) throw new Error(`_bulk failed: ${text}`);
          }
          return DOCUMENTS;
        },
      };
    },
  };
  try {
    return await compare({
      title: 'relay to OpenSearch, batches of 500 documents',
      unit: 'documents',
      contenders: [relayed('relay', source), bare],
      rounds: 5,
    });
  } finally {
    await source.close();
  }
}

const json = { 'content-type': 'application/json' };

/** An index with the mapping of ours, and lines with the same fields: the text and the index have values of their own. */
async function rawBulk(url: string) {
  const index = 'raw-payments';
  const ours = mappingsSchema.parse(await (await fetch(`${url}/paystrata-payments-*/_mapping`)).json());
  const [{ mappings }] = Object.values(ours) as [(typeof ours)[string]];
  const settings = { number_of_shards: 1, auto_expand_replicas: '0-1' };
  await fetch(`${url}/${index}`, { method: 'PUT', headers: json, body: JSON.stringify({ settings, mappings }) });
  // Fields of one of our documents, and those that the engine does not tell again.
  const told = Object.entries(mappings.properties).filter(([, { doc_values: isTold = true }]) => isTold);
  const query = { size: 1, query: { term: { organization: 'bench' } }, docvalue_fields: told.map(([name]) => name) };
  const search = { method: 'POST', headers: json, body: JSON.stringify(query) };
  const found = hitsSchema.parse(await (await fetch(`${url}/paystrata-payments-*/_search`, search)).json());
  const [like] = found.hits.hits;
  if (like === undefined) throw new Error('the relay has put no document');
  const sent = { ...like.fields, customers: ['Ada'], resources: [], metadata: [] };
  const lines = (document: PaymentDocument) => {
    const { id, amount, createdAt, updatedAt } = document.payment;
    const digits = amount.amount.toString();
    const own = {
      id,
      amount: digits.padStart(40, '0'),
      amount_0: Number(digits),
      created: createdAt,
      updated: updatedAt,
    };
    const fields = {
      ...sent,
      ...own,
      revision: document.position * 2,
      tokens: ['ada', 'bill', digits],
      text: textOf(document),
    };
    return `{"index":{"_id":"${id}","routing":"bench"}}\n${JSON.stringify(fields)}\n`;
  };
  return { index, lines };
}

const property = z.looseObject({ doc_values: z.boolean().optional() });
const mappingsSchema = z.record(
  z.string(),
  z.object({ mappings: z.looseObject({ properties: z.record(z.string(), property) }) }),
);
const hitsSchema = z.object({
  hits: z.object({ hits: z.array(z.object({ fields: z.record(z.string(), z.unknown()) })) }),
});
