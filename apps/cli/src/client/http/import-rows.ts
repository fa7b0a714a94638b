// Imports rows through the API, and looks up what references are taken.

import { randomUUID } from 'node:crypto';
import { paymentStatuses, rejectionCodes, type OrganizationId } from '@paystrata/application';
import type { z } from 'zod';
import { CommandError } from '../../errors/command-error.ts';
import type { FindReferences, ImportTarget, KnownPayment, RowOutcome } from '../../import/import-target.ts';
import { json } from './commands.ts';
import type { ApiRequest, Connection } from './connection.ts';
import { readBody, readJson } from './read-answer.ts';
import { bulkOutcome, listOf, payment, statistics } from './wire-schemas.ts';

/** Where the answer is lost, the very same rows are sent again under the same key, and act once. */
export function rowImporter(connection: Connection): ImportTarget['importRows'] {
  return async (organizationId, rows) => {
    const response = await connection.send({
      method: 'POST',
      path: '/v1/payments/bulk',
      body: rows.map((row) => `${json(row)}\n`).join(''),
      headers: {
        'content-type': 'application/x-ndjson',
        'idempotency-key': randomUUID(),
        ...organizationHeader(organizationId),
      },
    });
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    return lines.map((line) => outcomeOf(readJson(bulkOutcome, line)));
  };
}

function organizationHeader(organizationId: OrganizationId | null): Readonly<Record<string, string>> {
  return organizationId === null ? {} : { 'paystrata-organization': organizationId };
}

const refusals: ReadonlySet<string> = new Set(rejectionCodes);

function outcomeOf(outcome: z.output<typeof bulkOutcome>): RowOutcome {
  if (outcome.ok) return { kind: 'imported' };
  const { code, message, details, errors } = outcome;
  if (code === 'payment_exists') return { kind: 'exists', sameAmount: details['sameAmount'] === true };
  if (refusals.has(code)) return { kind: 'refused', code, message };
  if (code === 'INVALID_MESSAGE') {
    const issues = errors.map((issue) => `${issue.param} ${issue.message}`.trim()).join('; ');
    return { kind: 'refused', code: 'row_malformed', message: issues };
  }
  throw new CommandError(code, message);
}

const PAGE = 100;
/** Looked up so many at a time. */
const AT_A_TIME = 8;

/**
 * Asks about each reference, unless reading the whole list of the organization takes fewer requests; servers limit how
 * many there may be in a second.
 */
export function referenceFinder(connection: Connection): FindReferences {
  const listed = new Map<OrganizationId | null, Promise<ReadonlyMap<string, KnownPayment>>>();
  return async (organizationId, references) => {
    const headers = organizationHeader(organizationId);
    if (!listed.has(organizationId) && (await countOf(connection, headers)) <= references.length * PAGE) {
      listed.set(organizationId, listAll(connection, headers));
    }
    const all = await listed.get(organizationId);
    if (all !== undefined) return references.map((reference) => all.get(reference) ?? null);
    const found: (KnownPayment | null)[] = [];
    for (let from = 0; from < references.length; from += AT_A_TIME) {
      const some = references.slice(from, from + AT_A_TIME);
      found.push(...(await Promise.all(some.map((reference) => findOne(connection, headers, reference)))));
    }
    return found;
  };
}

type Headers = Readonly<Record<string, string>>;

async function countOf(connection: Connection, headers: Headers): Promise<number> {
  const response = await connection.send({ method: 'GET', path: '/v1/statistics', headers });
  return (await readBody(statistics, response)).count;
}

async function listAll(connection: Connection, headers: Headers): Promise<ReadonlyMap<string, KnownPayment>> {
  const known = new Map<string, KnownPayment>();
  let cursor: string | null = null;
  do {
    const page: z.output<typeof payments> = await search(connection, headers, [
      ['limit', String(PAGE)],
      ['order', 'asc'],
      ['cursor', cursor],
    ]);
    for (const each of page.data) if (each.reference !== null) known.set(each.reference, knownPayment(each));
    cursor = page.next;
  } while (cursor !== null);
  return known;
}

async function findOne(connection: Connection, headers: Headers, reference: string): Promise<KnownPayment | null> {
  const { data } = await search(connection, headers, [
    ['limit', '1'],
    ['reference', reference],
  ]);
  return data[0] === undefined ? null : knownPayment(data[0]);
}

const payments = listOf(payment);
/** A reference of a deleted payment stays taken. */
const anyStatus = paymentStatuses.map((status) => ['status', status] as const);

async function search(connection: Connection, headers: Headers, query: NonNullable<ApiRequest['query']>) {
  const response = await connection.send({
    method: 'GET',
    path: '/v1/payments',
    query: [...anyStatus, ...query],
    headers,
  });
  return readBody(payments, response);
}

function knownPayment({ amount, currency }: z.output<typeof payment>): KnownPayment {
  return { amount: BigInt(amount), currency };
}
