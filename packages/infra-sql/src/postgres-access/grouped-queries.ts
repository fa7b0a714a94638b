// What many callers ask at once, as one statement: while one is under way, the next ones are collected.

import type { QueryConfig } from 'pg';
import { PortFailure } from '@paystrata/application';
import { GroupCommit } from '../commit/group-commit.ts';
import type { PostgresDatabase } from '../postgres/postgres-database.ts';
import type { Row } from '../rows.ts';

/** A statement of so many small rows takes the server a few milliseconds. */
const MAX_BATCH = 512;

export interface GroupedQuery<Item, Answer> {
  /** One statement for all; it may be sent twice, where the answer to the first was lost. */
  readonly queryOf: (items: readonly Item[]) => QueryConfig;
  /** One answer an item, in order. */
  readonly answersOf: (items: readonly Item[], rows: readonly Row[]) => readonly Answer[];
}

/** Answers what one caller asks. Its `idle` resolves when everybody is answered. */
export function groupQueries<Item, Answer>(
  database: PostgresDatabase,
  { queryOf, answersOf }: GroupedQuery<Item, Answer>,
): GroupCommit<Item, Answer> {
  return new GroupCommit<Item, Answer>({
    run: async (items) => answersOf(items, await database.read(queryOf(items))),
    concernsAll: (error) => error instanceof PortFailure,
    maxItems: MAX_BATCH,
    maxWeight: MAX_BATCH,
    weigh: () => 1,
  });
}
