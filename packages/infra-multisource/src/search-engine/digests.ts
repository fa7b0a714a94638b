// What the index holds, in few words: for comparing it with SQL.

import { parseOrganizationId, parsePaymentId, type PaymentKey } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { z } from 'zod';
import type { KeyRange, RangeDigest, SourceEntry } from '../ports/source.ts';
import { allOf, type Clause } from './payment-filter.ts';
import { fingerprintFrom } from './payment-mapping.ts';
import { readReply } from './search-client.ts';
import type { AskIndex } from './search-page.ts';

/** As many as an engine answers at once. */
const PAGE = 1000;

const value = z.object({ value: z.number() });
const digestSchema = z.object({
  hits: z.object({ total: z.object({ value: z.int() }) }),
  aggregations: z.object({ high: value, low: value }),
});

export async function engineDigest(ask: AskIndex, range: KeyRange): Promise<RangeDigest> {
  const reply = await ask({
    query: inRange(range),
    size: 0,
    track_total_hits: true,
    aggs: { high: { sum: { field: 'fingerprint_high' } }, low: { sum: { field: 'fingerprint_low' } } },
  });
  if (reply === null) return { count: 0, sum: 0 };
  const { hits, aggregations } = readReply(digestSchema, reply);
  return { count: hits.total.value, sum: fingerprintFrom(aggregations.high.value, aggregations.low.value) };
}

const field = z.tuple([z.number()]);
const entriesSchema = z.object({
  hits: z.object({
    hits: z.array(
      z.object({
        sort: z.tuple([z.string()]),
        fields: z.object({ revision: field, fingerprint_high: field, fingerprint_low: field }),
      }),
    ),
  }),
});

/** In the order of ids. */
export async function engineEntries(ask: AskIndex, range: KeyRange, limit: number): Promise<readonly SourceEntry[]> {
  const entries: SourceEntry[] = [];
  for (let after: string | null = null; entries.length < limit;) {
    const size = Math.min(PAGE, limit - entries.length);
    const reply = await ask({
      query: inRange(range),
      size,
      track_total_hits: false,
      sort: [{ id: 'asc' }],
      _source: false,
      docvalue_fields: ['revision', 'fingerprint_high', 'fingerprint_low'],
      ...(after !== null && { search_after: [after] }),
    });
    if (reply === null) return entries;
    const { hits } = readReply(entriesSchema, reply).hits;
    for (const { sort, fields } of hits) {
      const paymentId = parsePaymentId(sort[0]);
      const [high, low] = [fields.fingerprint_high[0], fields.fingerprint_low[0]];
      if (paymentId === undefined) continue;
      entries.push({ paymentId, revision: fields.revision[0], fingerprint: fingerprintFrom(high, low) });
    }
    after = hits.at(-1)?.sort[0] ?? null;
    if (hits.length < size) return entries;
  }
  return entries;
}

const organizationsSchema = z.object({
  aggregations: z.object({
    organizations: z.object({
      after_key: z.object({ organization: z.string() }).optional(),
      buckets: z.array(z.object({ key: z.object({ organization: z.string() }) })),
    }),
  }),
});

export async function engineOrganizations(ask: AskIndex): Promise<readonly OrganizationId[]> {
  const found: OrganizationId[] = [];
  for (let after: object | undefined; ;) {
    const sources = [{ organization: { terms: { field: 'organization' } } }];
    const composite = { size: PAGE, sources, ...(after !== undefined && { after }) };
    const reply = await ask({ size: 0, track_total_hits: false, aggs: { organizations: { composite } } });
    if (reply === null) return found;
    const { buckets, after_key: next } = readReply(organizationsSchema, reply).aggregations.organizations;
    for (const { key } of buckets) {
      const organization = parseOrganizationId(key.organization);
      if (organization !== undefined) found.push(organization);
    }
    if (next === undefined || buckets.length < PAGE) return found;
    after = next;
  }
}

const versionsSchema = z.object({
  docs: z.array(z.object({ found: z.boolean().optional(), _version: z.number().optional() })),
});

/** Reads the answer of a request for documents by id: the revision of each that is there. */
export function revisionsIn(
  keys: readonly PaymentKey[],
  reply: unknown,
): readonly (PaymentKey & { readonly revision: number })[] {
  const { docs } = readReply(versionsSchema, reply);
  return keys.flatMap((key, index) => {
    const revision = docs[index]?._version;
    return revision === undefined || docs[index]?.found !== true ? [] : [{ ...key, revision }];
  });
}

function inRange({ organizationId, from, to }: KeyRange): Clause {
  const ends = { ...(from !== null && { gte: from }), ...(to !== null && { lt: to }) };
  return allOf(organizationId, from === null && to === null ? [] : [{ range: { id: ends } }]);
}
