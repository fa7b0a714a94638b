// A server whose clock is moved, with workers for workflows, gateway and projection that a test brings one by one.

import { createMemoryKeyring, silentLogger, systemClock } from '@paystrata/application';
import { parseCommandId } from '@paystrata/domain';
import { temporalTimeSkippingProgram } from '@paystrata/test-servers';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { createProjectionActivities } from '../activities/projection-activities.ts';
import { dataConverterOf } from '../client/connect.ts';
import { PaymentWorkflows } from '../client/payment-workflows.ts';
import { PersonalSeals } from '../personal/personal-seals.ts';
import { createProjection } from '../projection/projection.ts';
import type { GatewayActivities, OrderMessage, Outcome, ProjectionActivities } from '../protocol/messages.ts';
import { queuesOf, temporalOptionsSchema, type TemporalOptionsInput } from '../strategy/options.ts';
import { installRuntime } from '../worker/install-runtime.ts';
import { workflowBundle } from '../worker/workflow-bundle.ts';
import { ids } from './orders.ts';

export type SkippingWorld = Awaited<ReturnType<typeof startSkippingWorld>>;

export async function startSkippingWorld() {
  installRuntime(silentLogger);
  const path = await temporalTimeSkippingProgram();
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  return {
    environment,
    open: (given: TemporalOptionsInput = {}) => openQueues(environment, given),
    /** The answer, however much of the server's time it takes. */
    async passing<Answer>(work: Promise<Answer>): Promise<Answer> {
      let isOver = false;
      const ended = work.finally(() => (isOver = true));
      ended.catch(() => undefined);
      while (!isOver) await environment.sleep('1 second');
      return ended;
    },
    stop: () => environment.teardown(),
  };
}

/** Queues of their own: nothing is done before a worker is brought. */
async function openQueues(environment: TestWorkflowEnvironment, given: TemporalOptionsInput) {
  const { address, nativeConnection: connection } = environment;
  // This server keeps no index.
  const options = temporalOptionsSchema.parse({ ...given, address, taskQueue: ids.next(), searchAttributes: false });
  const client = new PaymentWorkflows(new Client({ connection: environment.connection }), options);
  const keyring = createMemoryKeyring();
  const projection = createProjection(options.projection, systemClock, keyring);
  await projection.start();
  const seals = new PersonalSeals(keyring);
  const ending: (() => Promise<void>)[] = [];
  const dataConverter = await dataConverterOf(options);
  const run = async (taskQueue: string, work: object) => {
    const worker = await Worker.create({ connection, dataConverter, taskQueue, shutdownForceTime: 1000, ...work });
    const ended = worker.run();
    const stop = async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended.catch(() => undefined);
    };
    ending.push(stop);
    return stop;
  };
  const { gatewayQueue, projectionQueue } = queuesOf(options);
  await run(options.taskQueue, { workflowBundle: await workflowBundle(null) });
  return {
    client,
    projection,
    projecting: createProjectionActivities({ projection, archive: null, seals, onProjected: () => undefined }),
    gateway: (activities: Partial<GatewayActivities>) => run(gatewayQueue, { activities }),
    projector: (activities: Partial<ProjectionActivities>) => run(projectionQueue, { activities }),
    send: (order: Omit<OrderMessage, 'callId' | 'sealed'>, creates = false): Promise<Outcome | null> =>
      client.execute({ ...order, callId: ids.next(), sealed: null }, parseCommandId(ids.next()) ?? '', creates),
    async stop() {
      await Promise.all(ending.map((stop) => stop()));
      await projection.stop();
    },
  };
}
