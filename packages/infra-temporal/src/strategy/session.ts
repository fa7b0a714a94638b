// What a started strategy holds: the client, the projected log, and the worker where the process hosts one.

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

/** Connects first, so that a server that is not there is told of before anything else. @throws PortFailure */
export async function openSession({ options, gateway, logger }: SessionOptions): Promise<Session> {
  const temporal = await connect(options);
  const projection = openProjectionLog(options.projectionFile);
  let worker: PaymentWorker | null = null;
  const close = async () => {
    await worker?.stop();
    await temporal.connection.close();
    projection.close();
  };
  try {
    worker = options.worker ? await startPaymentWorker({ options, gateway, projection, logger }) : null;
    const client = new PaymentClient(temporal, options);
    if (projection.fresh) await fillFromWorkflows(client, projection);
    return { client, projection, worker, connection: temporal.connection, close };
  } catch (error) {
    await close();
    throw error;
  }
}
