// The peer for searches: SQLite in memory with an index for every filter and order that ours has, and FTS5 for texts.

import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  COUNT_CAP,
  paymentTokens,
  textQueryOf,
  type PaymentDocument,
  type PaymentFilter,
  type SearchPayments,
  type SortKey,
  type TimeRange,
} from '@paystrata/application';

/** Ids of a page, whether there are more, and the capped count. */
export interface FoundIds {
  readonly ids: readonly string[];
  readonly hasMore: boolean;
  readonly total: number;
}

const schema = `
CREATE TABLE payments (
  number INTEGER PRIMARY KEY, organization TEXT, id TEXT, status TEXT, currency TEXT, amount INTEGER,
  created INTEGER, updated INTEGER, processed INTEGER, reference TEXT, user TEXT, workflow TEXT);
CREATE TABLE facets (organization TEXT, kind TEXT, value TEXT, number INTEGER,
  PRIMARY KEY (organization, kind, value, number)) WITHOUT ROWID;
CREATE VIRTUAL TABLE texts USING fts5(tokens, content='', tokenize="unicode61 remove_diacritics 0", prefix='1 2', detail=none);
`;
const indexes = [
  ...['created, id', 'updated, id', 'amount, currency, id', 'status, id', 'status, created, id', 'status, updated, id'],
  ...['processed', 'reference', 'user', 'workflow', 'currency, status, amount'],
];
const orders: Readonly<Record<SortKey, readonly string[]>> = {
  created: ['created', 'id'],
  updated: ['updated', 'id'],
  amount: ['amount', 'currency', 'id'],
  status: ['status', 'id'],
};

export class SqliteSearch {
  readonly #database = new DatabaseSync(':memory:');
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  readonly #withText: boolean;

  /** @param withText whether texts are indexed too. */
  constructor(documents: Iterable<PaymentDocument>, withText: boolean) {
    this.#withText = withText;
    this.#database.exec(schema);
    this.#database.exec('BEGIN');
    const payment = this.#database.prepare('INSERT INTO payments VALUES (?,?,?,?,?,?,?,?,?,?,?,?)');
    const facet = this.#database.prepare('INSERT OR IGNORE INTO facets VALUES (?,?,?,?)');
    const text = this.#database.prepare('INSERT INTO texts (rowid, tokens) VALUES (?,?)');
    let number = 0;
    for (const { payment: p } of documents) {
      number += 1;
      const { organizationId, personal } = p;
      payment.run(
        ...[number, organizationId, p.id, p.status, p.amount.currency, p.amount.amount, p.createdAt, p.updatedAt],
        ...[p.processedAt, p.reference, p.userId, p.workflowId],
      );
      for (const customer of [p.subject, personal.customer?.name, personal.customer?.email]) {
        if (customer !== undefined && customer !== null) facet.run(organizationId, 'customer', customer, number);
      }
      for (const resourceId of p.resourceIds) facet.run(organizationId, 'resource', resourceId, number);
      for (const [key, value] of Object.entries(personal.metadata))
        facet.run(organizationId, `m:${key}`, value, number);
      if (withText) text.run(number, paymentTokens(p).join(' '));
    }
    this.#database.exec('COMMIT');
    for (const [at, columns] of indexes.entries()) {
      this.#database.exec(`CREATE INDEX payments_${at} ON payments (organization, ${columns})`);
    }
    this.#database.exec('ANALYZE');
  }

  search(organization: string, { filter, sort, limit, page }: SearchPayments): FoundIds {
    const values: SQLInputValue[] = [organization];
    const where = ['organization = ?', ...this.#conditions(organization, filter, values)].join(' AND ');
    const order = orders[sort.by].map((column) => `${column} ${sort.descending ? 'DESC' : 'ASC'}`).join(', ');
    const offset = page === null ? 0 : (page - 1) * limit;
    const rows = this.#all(
      `SELECT id FROM payments WHERE ${where} ORDER BY ${order} LIMIT ${limit + 1} OFFSET ${offset}`,
      values,
    );
    const counted = `SELECT count(*) AS n FROM (SELECT 1 FROM payments WHERE ${where} LIMIT ${COUNT_CAP + 1})`;
    const total = Number(this.#all(counted, values)[0]?.['n'] ?? 0);
    const ids = rows.slice(0, limit).map(({ id }) => String(id));
    return { ids, hasMore: rows.length > limit, total: Math.min(total, COUNT_CAP) };
  }

  close(): void {
    this.#database.close();
  }

  #all(sql: string, values: readonly SQLInputValue[]): readonly Record<string, unknown>[] {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement.all(...values);
  }

  #conditions(organization: string, filter: PaymentFilter, values: SQLInputValue[]): readonly string[] {
    const { statuses, currencies, minAmount, maxAmount, reference, customer, userId, workflowId, resourceId } = filter;
    const conditions: string[] = [];
    const add = (sql: string, ...more: readonly SQLInputValue[]) => {
      conditions.push(sql);
      values.push(...more);
    };
    const facet = (kind: string, value: string) =>
      add(
        'number IN (SELECT number FROM facets WHERE organization = ? AND kind = ? AND value = ?)',
        organization,
        kind,
        value,
      );
    if (statuses.length === 0) add("status <> 'deleted'");
    else add(`status IN (${statuses.map(() => '?').join()})`, ...statuses);
    if (currencies.length > 0) add(`currency IN (${currencies.map(() => '?').join()})`, ...currencies);
    if (minAmount !== null) add('amount >= ?', minAmount);
    if (maxAmount !== null) add('amount <= ?', maxAmount);
    const range = (column: string, { from, to }: TimeRange) => {
      if (from !== null) add(`${column} >= ?`, from);
      if (to !== null) add(`${column} < ?`, to);
    };
    range('created', filter.created);
    range('updated', filter.updated);
    range('processed', filter.processed);
    if (reference !== null) add('reference = ?', reference);
    if (userId !== null) add('user = ?', userId);
    if (workflowId !== null) add('workflow = ?', workflowId);
    if (customer !== null) facet('customer', customer);
    if (resourceId !== null) facet('resource', resourceId);
    for (const [key, value] of Object.entries(filter.metadata)) facet(`m:${key}`, value);
    if (filter.text !== null && this.#withText) {
      add('number IN (SELECT rowid FROM texts WHERE texts MATCH ?)', matchOf(filter.text));
    }
    return conditions;
  }
}

/** All words, the last as a beginning, in the language of FTS5. */
function matchOf(text: string): string {
  const query = textQueryOf(text);
  if (query === null) return '""';
  return [...query.words.map((word) => `"${word}"`), `"${query.prefix}"*`].join(' AND ');
}
