// For tests: the tables of payments with documents put into them, without a log.

import type { PaymentDocument } from '@paystrata/application';
import type { ReadsDatabase } from '../database/reads-database.ts';
import { paymentTables } from '../payments/payment-tables.ts';
import { writeChanges } from '../payments/write-changes.ts';
import { sessionOn, type ProjectionSession } from '../projecting/projection.ts';

/** Each instance has tables of its own in the database. */
export class DocumentTables {
  static #generations = 0;

  readonly #database: ReadsDatabase;
  readonly #generation = (DocumentTables.#generations += 1);
  readonly #rows = new Map<string, number>();

  private constructor(database: ReadsDatabase) {
    this.#database = database;
  }

  static async create(database: ReadsDatabase): Promise<DocumentTables> {
    const tables = new DocumentTables(database);
    await database.transaction((session) => session.createTables(paymentTables, tables.#generation));
    return tables;
  }

  /** What documents become, one step after the other in one transaction each. */
  async put(changes: readonly { readonly before: PaymentDocument | null; readonly after: PaymentDocument }[]) {
    await this.#database.transaction((session) =>
      writeChanges(
        sessionOn(session, this.#database.dialect, this.#generation),
        changes.map((change) => ({ ...change, row: this.#rowOf(change.after.payment.id) })),
      ),
    );
  }

  read<T>(work: (session: ProjectionSession) => Promise<T>): Promise<T> {
    return this.#database.snapshot((session) => work(sessionOn(session, this.#database.dialect, this.#generation)));
  }

  async drop(): Promise<void> {
    const names = paymentTables.map(({ name }) => name);
    await this.#database.transaction((session) => session.dropTables(names, this.#generation));
  }

  #rowOf(id: string): number {
    const row = this.#rows.get(id) ?? this.#rows.size + 1;
    this.#rows.set(id, row);
    return row;
  }
}
