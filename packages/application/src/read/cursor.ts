// Cursors: where a page ended, for the next request. Opaque to clients, and good for the very same question only.

import { hash } from 'node:crypto';
import { parsePaymentId, type OrganizationId, type PaymentId } from '@paystrata/domain';
import { z } from 'zod';
import { PortFailure } from '../ports/failures.ts';
import { everyPayment, type PaymentFilter, type Sort } from './queries.ts';
import type { SortPlace } from './sort.ts';

/** The question a cursor belongs to. */
export interface SearchScope {
  readonly organizationId: OrganizationId;
  readonly filter: PaymentFilter;
  readonly sort: Sort;
}

export interface SearchCursor {
  /** The last payment of the page before. */
  readonly place: SortPlace;
  /** What the first page contained: no later page may be older. */
  readonly position: number;
  readonly epoch: string;
}

/** Writes the cursor for a question. */
export function formatSearchCursor({ place, position, epoch }: SearchCursor, scope: SearchScope): string {
  return sealCursor([place.number.toString(), place.text, place.id, position, epoch], searchSeal(scope));
}

const count = z.int().min(0);
const searchFields = z.tuple([
  z.string().regex(/^-?\d{1,40}$/),
  z.string(),
  z.string().transform((id): PaymentId | undefined => parsePaymentId(id)),
  count,
  z.string(),
]);

/** @throws PortFailure `CURSOR_INVALID` where it is damaged or belongs to another question. */
export function parseSearchCursor(cursor: string, scope: SearchScope): SearchCursor {
  const fields = searchFields.safeParse(openCursor(cursor, searchSeal(scope)));
  if (!fields.success) throw invalidCursor();
  const [number, text, id, position, epoch] = fields.data;
  if (id === undefined) throw invalidCursor();
  const place = { number: scope.sort.by === 'amount' ? BigInt(number) : Number(number), text, id };
  return { place, position, epoch };
}

/** Texts and numbers under a seal that tells the question. The seal finds mistakes; it keeps no secret. */
export function sealCursor(fields: readonly (string | number)[], question: string): string {
  const payload = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${payload}.${digest(payload, question)}`;
}

/** @throws PortFailure `CURSOR_INVALID` where the seal is not that of the question. */
export function openCursor(cursor: string, question: string): unknown {
  const [payload = '', seal, ...more] = cursor.length > 4096 ? [] : cursor.split('.');
  if (more.length > 0 || seal !== digest(payload, question)) throw invalidCursor();
  try {
    const fields: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return fields;
  } catch (error) {
    throw invalidCursor(error);
  }
}

export function invalidCursor(cause?: unknown): PortFailure {
  const message = 'the cursor is damaged or was made for another question: start again without it';
  return new PortFailure('CURSOR_INVALID', message, { cause });
}

function digest(payload: string, question: string): string {
  return hash('sha256', `${payload}\n${question}`, 'base64url').slice(0, 22);
}

/** In the order of this list, not in that of whoever made the filter. */
const filterKeys = (Object.keys(everyPayment) as (keyof PaymentFilter)[]).sort();

/** Each page with a next one is sealed: as plain as can be, because it takes longer than many a search. */
function searchSeal({ organizationId, filter, sort }: SearchScope): string {
  const asked = filterKeys.map((key) => sealed(filter[key]));
  return JSON.stringify(['payments', 2, organizationId, sort.by, sort.descending, asked]);
}

/** The same for the same question: sets without order, pairs by their keys, a bigint apart from a text. */
function sealed(part: PaymentFilter[keyof PaymentFilter]): unknown {
  if (typeof part === 'bigint') return [part.toString()];
  if (typeof part !== 'object' || part === null) return part;
  if (isList(part)) return part.length < 2 ? part : [...new Set<string>(part)].sort();
  return Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1));
}

function isList(part: object): part is readonly string[] {
  return Array.isArray(part);
}
