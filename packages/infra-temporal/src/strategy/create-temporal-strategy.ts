// The temporal strategy: a workflow a payment decides and records, a projected log answers.

import {
  createDerivedMaintenance,
  createLogFedEventLog,
  createLogFedReadModel,
  PortFailure,
  silentLogger,
  type Clock,
  type Ids,
  type LogSource,
  type Logger,
  type PaymentGateway,
  type Strategy,
} from '@paystrata/application';
import type { PaymentClient } from '../client/payment-client.ts';
import { createTemporalWriteModel } from '../client/temporal-write-model.ts';
import { healthOf } from './health.ts';
import { openSession, type Session } from './session.ts';
import { temporalOptionsSchema, type TemporalOptionsInput } from './options.ts';
import { fillFromWorkflows } from './rebuild.ts';

export interface TemporalStrategyOptions extends TemporalOptionsInput {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called by the worker, where this process hosts one. */
  readonly gateway: PaymentGateway;
  readonly logger?: Logger;
}

/**
 * A strategy that is not started yet. It calls the gateway itself: its receipts contain the gateway's answer where that
 * came in time.
 *
 * @throws ZodError where an option is not what the schema says.
 */
export function createTemporalStrategy(given: TemporalStrategyOptions): Strategy {
  const { clock, ids, gateway, logger = silentLogger, ...input } = given;
  const options = temporalOptionsSchema.parse(input);
  let session: Session | null = null;
  const alive = (): Session => session ?? notStarted();
  const client: Pick<PaymentClient, 'execute' | 'record'> = {
    execute: async (...order) => alive().client.execute(...order),
    record: async (key) => alive().client.record(key),
  };
  const source: LogSource = {
    readAll: async (request) => alive().projection.readAll(request),
    epoch: () => alive().projection.epoch(),
  };
  const read = createLogFedReadModel({ source, clock });
  const rebuild = async (): Promise<number> => {
    await fillFromWorkflows(alive().client, alive().projection);
    return read.rebuild();
  };
  return {
    name: 'temporal',
    capabilities: { durable: true, reads: 'eventual', globalOrder: 'projection', effects: 'strategy' },
    write: createTemporalWriteModel({ client, ids, epoch: source.epoch }),
    read,
    log: createLogFedEventLog({ source, clock }),
    maintenance: createDerivedMaintenance({
      store: { name: 'temporal', readAll: source.readAll, load: (key, id) => load(client, key, id) },
      readModel: { rebuild },
    }),
    start: async () => {
      session ??= await openSession({ options, gateway, logger });
    },
    stop: async () => {
      const ending = session;
      session = null;
      await ending?.close();
    },
    epoch: source.epoch,
    health: () => healthOf(session),
    measure: () => [
      { name: 'paystrata_projection_position', value: read.position(), labels: { projection: 'payments' } },
    ],
  };
}

type LoadParameters = Parameters<Parameters<typeof createDerivedMaintenance>[0]['store']['load']>;

/** The payment as its workflow has it: what the projected log is verified against. */
async function load(client: Pick<PaymentClient, 'record'>, key: LoadParameters[0], commandId: LoadParameters[1]) {
  const record = await client.record(key);
  const applied = record?.events.findLast((event) => event.commandId === commandId);
  return { payment: record?.payment ?? null, appliedVersion: applied?.version ?? null };
}

function notStarted(): never {
  throw new PortFailure('STORE_UNAVAILABLE', 'the strategy temporal is not started: await start() first');
}
