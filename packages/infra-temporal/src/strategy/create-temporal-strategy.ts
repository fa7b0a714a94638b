// The temporal strategy: a workflow a payment decides and records, a projected log answers.

import {
  combineMaintenance,
  createAdoption,
  PortFailure,
  silentLogger,
  type Adopt,
  type BulkResult,
  type PaymentKey,
} from '@paystrata/application';
import type { SubjectId } from '@paystrata/domain';
import { createPaymentArchive, type PaymentArchive } from '../archive/payment-archive.ts';
import { createPaymentClient } from '../client/payment-client.ts';
import { createTemporalAdoption } from '../client/temporal-adoption.ts';
import { TemporalWriteModel } from '../client/temporal-write-model.ts';
import { createOwnedKeyring } from '../personal/owned-keyring.ts';
import { PersonalSeals } from '../personal/personal-seals.ts';
import { appendEvents } from '../projection/append-events.ts';
import { createProjection } from '../projection/projection.ts';
import { RecentWrites } from '../projection/recent-writes.ts';
import { workflowIdOf } from '../protocol/messages.ts';
import { healthOf } from './health.ts';
import { openerOf } from './open-at.ts';
import { temporalOptionsSchema, type TemporalOptions, type TemporalOptionsInput } from './options.ts';
import { createRecordMaintenance } from './record-maintenance.ts';
import { openSession, type Dependencies, type Session, type Stores } from './session.ts';
import type { TemporalStrategy } from './temporal-strategy.ts';

export interface TemporalStrategyOptions extends TemporalOptionsInput, Dependencies {}

/**
 * A strategy that is not started yet. It calls the gateway itself: its receipts contain the gateway's answer where that
 * came in time.
 *
 * @throws ZodError where an option is not what the schema says; PortFailure `CONFIG_INVALID` where no keyring is named.
 */
export function createTemporalStrategy(given: TemporalStrategyOptions): TemporalStrategy {
  const { clock, ids, gateway, logger = silentLogger, keyring = null, ...input } = given;
  const options = temporalOptionsSchema.parse(input);
  const stores = storesOf(options, { clock, ids, keyring: createOwnedKeyring(options, keyring) });
  const { projection } = stores;
  let session: Session | null = null;
  const alive = (): Session => session ?? notStarted();
  const write = writeModelOf(stores, ids, alive);
  const recent = new RecentWrites();
  const noted = <Result extends BulkResult>(result: Result): Result => {
    if (result.ok) recent.note(result.receipt);
    return result;
  };
  const strategy = {
    name: 'temporal',
    capabilities: { durable: true, reads: 'eventual', globalOrder: 'projection', effects: 'strategy' } as const,
    write: {
      execute: async (order) => noted(await write.execute(order)),
      executeBulk: async (orders) => (await write.executeBulk(orders)).map(noted),
    },
    read: projection.read,
    log: projection.log,
    maintenance: combineMaintenance('temporal', [
      createRecordMaintenance({ records: () => alive().records, ...stores }),
      projection.maintenance,
    ]),
    adopt: (events) => adoptionInto(stores, ids, alive())(events),
    workflowIdOf,
    start: async () => {
      session ??= await openSession({ ...stores, options, gateway, logger, recent });
    },
    stop: async () => {
      const ending = session;
      session = null;
      await ending?.close();
    },
    epoch: () => projection.store.epoch(),
    health: () => healthOf(session),
    measure: () => [
      {
        name: 'paystrata_projection_position',
        value: session === null ? 0 : projection.position(),
        labels: { projection: 'payments' },
      },
      ...client.measure(),
      ...(session?.worker?.measure() ?? []),
    ],
  } satisfies Omit<TemporalStrategy, 'client'>;
  const { maxAmount, cacheTtlSeconds: queries, paymentCacheTtlSeconds: payments } = options;
  const cacheSeconds = { queries, payments };
  const client = createPaymentClient({ strategy, write, session: alive, ids, clock, maxAmount, cacheSeconds });
  return { ...strategy, client };
}

type Made = Pick<Dependencies, 'clock' | 'ids'> & Pick<Stores, 'keyring'>;

function storesOf({ projection, archive }: TemporalOptions, { clock, ids, keyring }: Made): Stores {
  const seals = new PersonalSeals(keyring);
  const archived: PaymentArchive | null =
    archive.kind === 'none' ? null : createPaymentArchive({ where: archive, keyring, seals, ids, clock });
  return { projection: createProjection(projection, clock, keyring), archive: archived, keyring, seals };
}

function writeModelOf(
  { projection, archive, seals }: Stores,
  ids: Dependencies['ids'],
  alive: () => Session,
): TemporalWriteModel {
  /** From where it is cheap to ask; a payment that is not projected yet says it itself. */
  const subjectOf = async (key: PaymentKey): Promise<SubjectId | null> => {
    const { payment } = await projection.store.load(key, null);
    return payment?.subject ?? alive().records.subjectOf(key);
  };
  return new TemporalWriteModel({
    workflows: {
      execute: async (...order) => alive().workflows.execute(...order),
      begin: async (...order) => alive().workflows.begin(...order),
      resultOf: async (begun) => alive().workflows.resultOf(begun),
    },
    archive,
    seals,
    ids,
    epoch: () => projection.store.epoch(),
    subjectOf,
    openAt: openerOf(projection, seals, () => alive().records),
    onArchived: async (receipt) => {
      await appendEvents(projection.store, seals, receipt);
      projection.notice();
    },
    onErased: async ({ organizationId, paymentId }) => {
      const key = { organizationId, paymentId };
      await appendEvents(projection.store, seals, { ...key, events: await alive().records.eventsOf(key) });
      projection.notice();
    },
  });
}

function adoptionInto({ projection, archive, seals }: Stores, ids: Dependencies['ids'], session: Session): Adopt {
  const project = createAdoption({ store: projection.store, onCommitted: () => projection.notice() });
  const { workflows, records } = session;
  return createTemporalAdoption({ workflows, records, archive, seals, ids, project });
}

function notStarted(): never {
  throw new PortFailure('STORE_UNAVAILABLE', 'the strategy temporal is not started: await start() first');
}
