// Many documents in one request. The engine keeps the highest revision of each, in whatever order they come.

import { PortFailure, type Clock, type PaymentKey } from '@paystrata/application';
import { z } from 'zod';
import type { SourceDocument } from '../ports/source.ts';
import { indexedDocument } from './payment-mapping.ts';
import { problemIn, readReply, type SearchClient } from './search-client.ts';

export interface BulkTarget {
  readonly client: SearchClient;
  readonly alias: string;
  readonly clock: Clock;
}

/** One operation: its lines, and what it is about. */
interface Operation {
  readonly key: PaymentKey;
  readonly lines: string;
}

/** A request holds no more: engines refuse large ones, and a small one is answered in time. */
const LONGEST_REQUEST = 4_000_000;
const MOST_OPERATIONS = 1000;
/** A busy engine is asked again after 50 ms and so on, doubling. */
const TRIES = 5;
const FIRST_PAUSE_MS = 50;

/**
 * @returns false where the alias is gone: nothing is kept.
 * @throws PortFailure not retryable for documents that the engine refuses; all others of the request were put
 */
export async function putDocuments(target: BulkTarget, documents: readonly SourceDocument[]): Promise<boolean> {
  return runAll(
    target,
    documents.map((document): Operation => {
      const action = { index: { ...addressOf(document), version: document.revision, version_type: 'external_gte' } };
      return { key: document, lines: `${JSON.stringify(action)}\n${JSON.stringify(indexedDocument(document))}\n` };
    }),
  );
}

/** Takes documents away, each at the revision that it has. @returns as `putDocuments` */
export async function removeDocuments(
  target: BulkTarget,
  documents: readonly (PaymentKey & { readonly revision: number })[],
): Promise<boolean> {
  return runAll(
    target,
    documents.map((document): Operation => {
      const action = { delete: { ...addressOf(document), version: document.revision, version_type: 'external_gte' } };
      return { key: document, lines: `${JSON.stringify(action)}\n` };
    }),
  );
}

/** An organization is on one shard, so that what the engine counts of it is exact. */
export function addressOf({ organizationId, paymentId }: PaymentKey) {
  return { _id: `${organizationId}/${paymentId}`, routing: organizationId };
}

async function runAll(target: BulkTarget, operations: readonly Operation[]): Promise<boolean> {
  for (const request of inRequests(operations)) if (!(await run(target, request))) return false;
  return true;
}

function* inRequests(operations: readonly Operation[]): Iterable<readonly Operation[]> {
  let request: Operation[] = [];
  let length = 0;
  for (const operation of operations) {
    if (request.length === MOST_OPERATIONS || (length + operation.lines.length > LONGEST_REQUEST && length > 0)) {
      yield request;
      request = [];
      length = 0;
    }
    request.push(operation);
    length += operation.lines.length;
  }
  if (request.length > 0) yield request;
}

const itemSchema = z.object({ status: z.int(), error: z.object({ type: z.string() }).optional() });
const replySchema = z.object({ errors: z.boolean() });
const itemsSchema = z.object({ items: z.array(z.record(z.string(), itemSchema)) });

async function run({ client, alias, clock }: BulkTarget, operations: readonly Operation[]): Promise<boolean> {
  let rest = operations;
  for (let attempt = 1; ; attempt++) {
    const { status, json } = await client.send({
      method: 'POST',
      path: `/${alias}/_bulk?require_alias=true&filter_path=errors,items.*.status,items.*.error`,
      body: rest.map(({ lines }) => lines).join(''),
      accepts: [429],
    });
    const outcome = status === 429 ? { busy: rest, isGone: false } : outcomeOf(rest, json);
    if (outcome.isGone) return false;
    if (outcome.busy.length === 0) return true;
    if (attempt === TRIES) throw tooBusy(outcome.busy.length);
    rest = outcome.busy;
    await clock.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
  }
}

/** What is to be sent again. @throws PortFailure for what was refused */
function outcomeOf(operations: readonly Operation[], json: unknown) {
  const busy: Operation[] = [];
  if (!readReply(replySchema, json).errors) return { busy, isGone: false };
  const { items } = readReply(itemsSchema, json);
  const refused: string[] = [];
  for (const [index, operation] of operations.entries()) {
    const [item] = Object.values(items[index] ?? {});
    if (item?.error === undefined || item.status === 409 || item.error.type.startsWith('version_conflict')) continue;
    if (item.error.type === 'index_not_found_exception') return { busy, isGone: true };
    if (item.error.type.startsWith('cluster_block')) throw full(problemIn(item));
    if (item.status === 429 || item.status >= 500) busy.push(operation);
    else refused.push(`${operation.key.organizationId}/${operation.key.paymentId} (${problemIn(item)})`);
  }
  if (refused.length > 0) throw refusedDocuments(refused);
  return { busy, isGone: false };
}

function tooBusy(count: number): PortFailure {
  return new PortFailure('STORE_UNAVAILABLE', `the search engine is too busy: it did not take ${count} documents`);
}

function full(problem: string): PortFailure {
  return new PortFailure('STORE_FULL', `the search engine writes no more: ${problem}`, { retryable: true });
}

function refusedDocuments(refused: readonly string[]): PortFailure {
  const named = refused.slice(0, 3).join('; ');
  const message = `the search engine refuses ${refused.length} documents for good: ${named}`;
  return new PortFailure('STORE_DAMAGED', message, { details: { refused: refused.length } });
}
