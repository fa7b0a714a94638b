// The tables that the event log is searched and counted by.

import type { Kysely } from 'kysely';
import { queryBuilder } from '../reads/database/builder.ts';
import { defineTable, type RowOf } from '../reads/database/table.ts';
import type { ProjectionSession } from '../reads/projecting/projection.ts';

/** One row an event, under its position. */
export const events = defineTable({
  name: 'events',
  columns: {
    position: 'bigint',
    organization: 'text',
    payment: 'text',
    type: 'text',
    at: 'bigint',
    actor: 'text',
    correlation: 'text',
    /** As it is stored, without what is personal. */
    event: 'text',
    /** Whose personal data it has; null: it has none, or they are erased. */
    subject: 'text?',
    /** JSON. */
    personal: 'text?',
  },
  key: ['position'],
  indexes: [
    { name: 'log', columns: ['organization', 'position'] },
    { name: 'type', columns: ['organization', 'type', 'position'] },
    { name: 'payment', columns: ['organization', 'payment', 'position'] },
    { name: 'actor', columns: ['organization', 'actor', 'position'] },
    { name: 'correlation', columns: ['organization', 'correlation', 'position'] },
    { name: 'at', columns: ['organization', 'at', 'position'] },
    { name: 'subject', columns: ['organization', 'subject'], where: 'subject is not null' },
  ],
});

/** The words in the data of an event. */
export const eventTerms = defineTable({
  name: 'event_terms',
  columns: { organization: 'text', term: 'text', position: 'bigint' },
  key: ['organization', 'term', 'position'],
  indexes: [],
});

/** How many events of a type and an actor lie in a quarter of an hour. */
export const eventCounts = defineTable({
  name: 'event_counts',
  columns: { organization: 'text', quarter: 'bigint', type: 'text', actor: 'text', count: 'bigint' },
  key: ['organization', 'quarter', 'type', 'actor'],
  indexes: [],
});

/** How many events a payment has. */
export const eventPayments = defineTable({
  name: 'event_payments',
  columns: { organization: 'text', payment: 'text', count: 'bigint' },
  key: ['organization', 'payment'],
  indexes: [{ name: 'most', columns: ['organization', 'count desc', 'payment'] }],
});

export const eventTables = [events, eventTerms, eventCounts, eventPayments] as const;

export interface EventTables {
  readonly events: RowOf<typeof events>;
  readonly event_terms: RowOf<typeof eventTerms>;
  readonly event_counts: RowOf<typeof eventCounts>;
  readonly event_payments: RowOf<typeof eventPayments>;
}

/** Builds queries of the tables of one generation. */
export function eventTablesOf({ dialect, generation }: ProjectionSession): Kysely<EventTables> {
  return queryBuilder<EventTables>(dialect, eventTables, generation);
}

/** In milliseconds: the clocks of no zone of today differ by less. */
export const QUARTER = 900_000;
