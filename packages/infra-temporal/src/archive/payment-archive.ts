// Where payments are kept whose workflows have ended: retention deletes a closed history, the archive is the record then.

import {
  createAdoption,
  createStoreWriteModel,
  readLog,
  type Adopt,
  type Clock,
  type Ids,
  type Keyring,
  type PaymentKey,
  type PaymentStore,
  type RecordedEvent,
  type WriteOrder,
  type WriteResult,
} from '@paystrata/application';
import type { Payment, PaymentState, SubjectId } from '@paystrata/domain';
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
  /** Takes in events of a payment that is kept: those it has, as a rule. */
  readonly adopt: Adopt;
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
    execute: async (order) => {
      const state = await payment(order);
      if (state === null) return null;
      if (order.command.type === 'ErasePersonalData') await erase(order, state, { keyring, payment });
      return write.execute(order);
    },
    adopt: createAdoption({ store }),
    subjectOf: async (key) => (await payment(key))?.subject ?? null,
    eventsOf: (key) => eventsOf(store, key),
    list: () => listOf(store),
  };
}

interface Erasing {
  readonly keyring: Keyring;
  readonly payment: (key: PaymentKey) => Promise<PaymentState>;
}

/** Destroys the key before the erasure is recorded: sent again, it is none any more, and has no key to destroy. */
async function erase({ organizationId, ...order }: WriteOrder, { subject }: Payment, { keyring, payment }: Erasing) {
  const key = await keyring.keyFor(organizationId, subject);
  const state = await payment({ organizationId, paymentId: order.paymentId });
  const isStale = order.expectedVersion !== null && order.expectedVersion !== state?.version;
  if (state?.personalErased === false && !isStale) await keyring.destroy(organizationId, subject, key.id);
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
