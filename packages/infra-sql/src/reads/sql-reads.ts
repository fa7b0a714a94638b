// The reads of a strategy in SQL: a read model, and what keeps it up to its log.

import {
  type Clock,
  type EventLog,
  type LogSource,
  type Maintenance,
  type PaymentDocument,
  type PaymentKey,
  type ReadModel,
} from '@paystrata/application';
import type { OrganizationId, PaymentId, SubjectId } from '@paystrata/domain';
import { eventsProjection } from '../event-reads/events-projection.ts';
import { createSqlEventLog } from '../event-reads/sql-event-log.ts';
import type { ReadsDatabase } from './database/reads-database.ts';
import { createReadsMaintenance } from './maintenance/reads-maintenance.ts';
import { paymentsProjection } from './payments/payments-projection.ts';
import { documentsOf, keysOfSubject, organizationsOf } from './payments/stored-payments.ts';
import { createFollower } from './projecting/follower.ts';
import { together, type ProjectionSession } from './projecting/projection.ts';
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
  readonly log: EventLog;
  /** The log must have been started. */
  start(): Promise<void>;
  /** Finishes what is under way; the log must still be open. */
  stop(): Promise<void>;
  /** Says that there may be something new in the log. */
  notice(): void;
  readonly maintenance: Maintenance;
  /** Up to where the log is known to be projected. */
  position(): number;
  readonly documents: SqlDocuments;
}

/** The payments one by one, as of a log read to its end: for whoever keeps copies of them. */
export interface SqlDocuments {
  /** In the order of their codes. */
  organizations(): Promise<readonly OrganizationId[]>;
  /** At most `limit`, in the order of ids, from `from` on, included. */
  of(organizationId: OrganizationId, from: PaymentId | null, limit: number): Promise<readonly PaymentDocument[]>;
  /**
   * Payments that have the subject as their customer and an event after the position, whether anything personal is left
   * of them or not; and the position up to which these are all.
   */
  ofSubject(
    organizationId: OrganizationId,
    subject: SubjectId,
    after: number,
  ): Promise<{ readonly keys: readonly PaymentKey[]; readonly position: number }>;
}

/** Payments and events have one checkpoint, so that what was read of the log is read once. */
const projection = together('payments', [paymentsProjection, eventsProjection]);

/** Reads of what was committed before they were asked. Any number of processes may share the database. */
export function createSqlReads(options: SqlReadsOptions): SqlReads {
  const { source, database, head = () => headOf(source) } = options;
  const projector = new Projector({ source, database, projection });
  const follower = createFollower(() => projector.catchUp());
  const current = async <T>(ask: (session: ProjectionSession) => Promise<T>): Promise<T> => {
    if (projector.position() < (await head())) await projector.catchUp();
    return projector.read(ask);
  };
  return {
    read: createSqlReadModel({ ...options, head, projector }),
    log: createSqlEventLog({ ...options, head, projector }),
    maintenance: createReadsMaintenance({ source, database, projector, head }),
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
    position: () => projector.position(),
    documents: {
      organizations: () => current(organizationsOf),
      of: (organizationId, from, limit) => current((session) => documentsOf(session, organizationId, from, limit)),
      ofSubject: (organizationId, subject, after) =>
        current(async (session) => {
          const position = projector.position();
          return { keys: await keysOfSubject(session, organizationId, subject, after), position };
        }),
    },
  };
}

async function headOf(source: LogSource): Promise<number> {
  const { events } = await source.readAll({ direction: 'backward', from: null, limit: 1 });
  return events[0]?.position ?? 0;
}
