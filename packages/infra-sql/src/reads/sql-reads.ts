// The reads of a strategy in SQL: a read model, and what keeps it up to its log.

import {
  type Clock,
  type LogSource,
  type PaymentDocument,
  type PaymentKey,
  type ReadModel,
} from '@paystrata/application';
import type { ReadsDatabase } from './database/reads-database.ts';
import { paymentsProjection } from './payments/payments-projection.ts';
import { tablesOf } from './payments/payment-tables.ts';
import { integer } from '../rows.ts';
import type { ProjectionSession } from './projecting/projection.ts';
import { createFollower } from './projecting/follower.ts';
import { Projector } from './projecting/projector.ts';
import { createSqlReadModel } from './sql-read-model.ts';

export interface SqlReadsOptions {
  readonly source: LogSource;
  readonly clock: Clock;
  readonly database: ReadsDatabase;
  /** The last position of the log; read from the log where absent. */
  readonly head?: () => Promise<number>;
  /** A payment as the log's own store has it, with its position; from the tables where absent. */
  readonly document?: (key: PaymentKey) => Promise<PaymentDocument | null>;
}

export interface SqlReads {
  readonly read: ReadModel;
  /** The log must have been started. */
  start(): Promise<void>;
  /** Finishes what is under way; the log must still be open. */
  stop(): Promise<void>;
  /** Says that there may be something new in the log. */
  notice(): void;
  /** Projects the whole log into new tables, which then take the place of the old ones. @returns how many payments */
  rebuild(): Promise<number>;
  /** Up to where the log is known to be projected. */
  position(): number;
}

/** Reads of what was committed before they were asked. Any number of processes may share the database. */
export function createSqlReads({ database, ...options }: SqlReadsOptions): SqlReads {
  const { source } = options;
  const projector = new Projector({ source, database, projection: paymentsProjection });
  const follower = createFollower(() => projector.catchUp());
  return {
    read: createSqlReadModel({ ...options, projector }),
    start: async () => {
      await database.open();
      try {
        await projector.start();
      } catch (error) {
        await database.close();
        throw error;
      }
      follower.start();
    },
    stop: async () => {
      await follower.stop();
      await database.close();
    },
    notice: () => follower.notice(),
    rebuild: async () => {
      await projector.rebuild(
        () => undefined,
        async () => undefined,
      );
      return projector.read(countPayments);
    },
    position: () => projector.position(),
  };
}

async function countPayments(session: ProjectionSession): Promise<number> {
  const query = tablesOf(session)
    .selectFrom('payments as p')
    .select(({ fn }) => fn.countAll().as('count'));
  const [row = {}] = await session.all(query.compile());
  return integer(row, 'count');
}
