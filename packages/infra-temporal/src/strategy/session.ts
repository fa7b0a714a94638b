// What a started strategy holds: the client, the projected log, and the worker where the process hosts one.

import { setTimeout as pause } from 'node:timers/promises';
import type { Logger, PaymentGateway } from '@paystrata/application';
import type { Client } from '@temporalio/client';
import { connect } from '../client/connect.ts';
import { PaymentClient } from '../client/payment-client.ts';
import { openProjectionLog, type ProjectionLog } from '../projection/projection-log.ts';
import { startPaymentWorker, type PaymentWorker } from '../worker/payment-worker.ts';
import type { TemporalOptions } from './options.ts';
import { fillFromWorkflows } from './rebuild.ts';

export interface Session {
  readonly client: PaymentClient;
  readonly projection: ProjectionLog;
  readonly worker: PaymentWorker | null;
  readonly connection: Client['connection'];
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly options: TemporalOptions;
  readonly gateway: PaymentGateway;
  readonly logger: Logger;
}

/** How long a stop waits for the answers to what was sent; what is not answered by then has an unknown outcome. */
const DRAIN_MS = 15_000;

/** Connects first, so that a server that is not there is told of before anything else. @throws PortFailure */
export async function openSession({ options, gateway, logger }: SessionOptions): Promise<Session> {
  const temporal = await connect(options);
  const client = new PaymentClient(temporal, options);
  const projection = openProjectionLog(options.projectionFile);
  let worker: PaymentWorker | null = null;
  const close = async () => {
    await within(DRAIN_MS, client.drained());
    await worker?.stop();
    await temporal.connection.close();
    projection.close();
  };
  try {
    worker = options.worker ? await startPaymentWorker({ options, gateway, projection, logger }) : null;
    if (projection.fresh) await fillFromWorkflows(client, projection);
    return { client, projection, worker, connection: temporal.connection, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const stop = new AbortController();
  const late = pause(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  stop.abort();
}
