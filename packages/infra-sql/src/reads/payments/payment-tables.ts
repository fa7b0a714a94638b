// The tables of payments, and the indexes that answer questions about them.

import type { Kysely } from 'kysely';
import { queryBuilder } from '../database/builder.ts';
import { defineTable, type RowOf } from '../database/table.ts';
import type { ProjectionSession } from '../projecting/projection.ts';

const amounts = {
  amount_high: 'bigint',
  amount_middle: 'bigint',
  amount_low: 'bigint',
  captured_high: 'bigint',
  captured_middle: 'bigint',
  captured_low: 'bigint',
  refunded_high: 'bigint',
  refunded_middle: 'bigint',
  refunded_low: 'bigint',
} as const;

/** One row a payment. `row` is the position of its first event: short, unique, and the same after a rebuild. */
export const payments = defineTable({
  name: 'payments',
  columns: {
    row: 'bigint',
    organization: 'text',
    id: 'text',
    version: 'bigint',
    position: 'bigint',
    status: 'text',
    currency: 'text',
    ...amounts,
    created_at: 'bigint',
    updated_at: 'bigint',
    processed_at: 'bigint?',
    reference: 'text?',
    user_id: 'text?',
    workflow_id: 'text?',
    /** By which analytics name the customer. */
    customer: 'text?',
    /** Why nothing was captured. */
    failure: 'text?',
    /** From created to completed, where that says something. */
    took: 'bigint?',
    /** 1: an attempt or a refund waits for the gateway's answer. */
    waiting: 'bigint',
    /** The words of all texts, each between spaces: for rows that are looked at anyway. */
    tokens: 'text',
  },
  key: ['row'],
  indexes: [
    { name: 'id', columns: ['organization', 'id'], unique: true },
    { name: 'created', columns: ['organization', 'created_at', 'id'] },
    { name: 'updated', columns: ['organization', 'updated_at', 'id'] },
    {
      name: 'amount',
      columns: ['organization', 'amount_high', 'amount_middle', 'amount_low', 'currency', 'id'],
    },
    {
      name: 'currency',
      columns: ['organization', 'currency', 'amount_high', 'amount_middle', 'amount_low', 'id'],
    },
    { name: 'status', columns: ['organization', 'status', 'id'] },
    { name: 'status_created', columns: ['organization', 'status', 'created_at', 'id'] },
    { name: 'processed', columns: ['organization', 'processed_at'], where: 'processed_at is not null' },
    { name: 'reference', columns: ['organization', 'reference'], where: 'reference is not null' },
    { name: 'user', columns: ['organization', 'user_id', 'created_at', 'id'], where: 'user_id is not null' },
    {
      name: 'workflow',
      columns: ['organization', 'workflow_id', 'created_at', 'id'],
      where: 'workflow_id is not null',
    },
    { name: 'waiting', columns: ['organization', 'id'], where: 'waiting = 1' },
  ],
});

/** The documents, apart from what is looked at to find them. */
export const documents = defineTable({
  name: 'documents',
  columns: {
    row: 'bigint',
    state: 'text',
    /** JSON; null: there is nothing personal. */
    personal: 'text?',
  },
  key: ['row'],
  indexes: [],
});

/** What a payment is found by, of which it may have several. */
export const terms = defineTable({
  name: 'terms',
  columns: { organization: 'text', kind: 'text', term: 'text', row: 'bigint' },
  key: ['organization', 'kind', 'term', 'row'],
  indexes: [],
});

/**
 * Counts and sums of the payments whose creation, or processing, lies in a bucket of time; see `time-levels.ts`. Those of
 * deleted payments are kept under their status.
 */
export const sums = defineTable({
  name: 'sums',
  columns: {
    organization: 'text',
    instant: 'text',
    level: 'bigint',
    bucket: 'bigint',
    status: 'text',
    currency: 'text',
    count: 'bigint',
    ...amounts,
  },
  key: ['organization', 'instant', 'level', 'bucket', 'status', 'currency'],
  indexes: [{ name: 'empty', columns: ['organization'], where: 'count = 0' }],
});

/** How many payments have a text that may be suggested. `start` is the beginning of `folded`, short enough for a key. */
export const suggestions = defineTable({
  name: 'suggestions',
  columns: { organization: 'text', field: 'text', start: 'text', text: 'text', folded: 'text', count: 'bigint' },
  key: ['organization', 'field', 'start', 'text', 'folded'],
  indexes: [{ name: 'unused', columns: ['organization'], where: 'count = 0' }],
});

export const paymentTables = [payments, documents, terms, sums, suggestions] as const;

export interface PaymentTables {
  readonly payments: RowOf<typeof payments>;
  readonly documents: RowOf<typeof documents>;
  readonly terms: RowOf<typeof terms>;
  readonly sums: RowOf<typeof sums>;
  readonly suggestions: RowOf<typeof suggestions>;
}

/** Builds queries of the tables of one generation. */
export function tablesOf({ dialect, generation }: ProjectionSession): Kysely<PaymentTables> {
  return queryBuilder<PaymentTables>(dialect, paymentTables, generation);
}
