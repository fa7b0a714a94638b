// Where payments are kept whose workflows have ended: retention deletes a closed history, the archive is the record then.

import {
  createStoreWriteModel,
  readLog,
  type Clock,
  type Ids,
  type Keyring,
  type PaymentKey,
  type PaymentStore,
  type RecordedEvent,
  type WriteOrder,
  type WriteResult,
} from '@paystrata/application';
import type { SubjectId } from '@paystrata/domain';
import { appendEvents } from '../projection/append-events.ts';
import { createSqlStore } from '../projection/sql-projection.ts';
import type { PersonalSeals } from '../personal/personal-seals.ts';
import type { ProjectionMessage } from '../protocol/messages.ts';
import type { TemporalOptions } from '../strategy/options.ts';

export interface PaymentArchive {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Keeps the whole payment; may be called again. @returns the version that is kept. */
  keep(message: ProjectionMessage): Promise<number>;
  /** What little may still happen to a payment that is kept; null where it is not kept. */
  execute(order: WriteOrder): Promise<WriteResult | null>;
  /** Null where it is not kept. */
  subjectOf(key: PaymentKey): Promise<SubjectId | null>;
  /** All events of a payment; none where it is not kept. */
  eventsOf(key: PaymentKey): Promise<readonly RecordedEvent[]>;
  /** Every payment that is kept. */
  list(): AsyncIterable<PaymentKey>;
}

export interface PaymentArchiveOptions {
  readonly where: Exclude<TemporalOptions['archive'], { readonly kind: 'none' }>;
  readonly keyring: Keyring;
  readonly seals: PersonalSeals;
  readonly ids: Ids;
  readonly clock: Clock;
}

export function createPaymentArchive({ where, keyring, seals, ids, clock }: PaymentArchiveOptions): PaymentArchive {
  const store: PaymentStore = createSqlStore(where, keyring);
  const write = createStoreWriteModel({ store, ids, clock });
  const payment = async (key: PaymentKey) => (await store.load(key, null)).payment;
  return {
    start: () => store.start(),
    stop: () => store.stop(),
    keep: (message) => appendEvents(store, seals, message),
    execute: async (order) => ((await payment(order)) === null ? null : write.execute(order)),
    subjectOf: async (key) => (await payment(key))?.subject ?? null,
    eventsOf: (key) => eventsOf(store, key),
    list: () => listOf(store),
  };
}

async function* listOf(store: PaymentStore): AsyncGenerator<PaymentKey> {
  for await (const { organizationId, paymentId, version } of readLog(store, {})) {
    if (version === 1) yield { organizationId, paymentId };
  }
}

async function eventsOf(store: PaymentStore, { organizationId, paymentId }: PaymentKey) {
  const events: RecordedEvent[] = [];
  for await (const event of readLog(store, { organizationId, paymentId })) events.push(event);
  return events;
}
