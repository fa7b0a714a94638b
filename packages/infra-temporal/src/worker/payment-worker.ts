// The worker: takes workflow tasks, gateway calls and projections from their queues. A process may host one, or be one.

import { type Logger, type Measurement, type PaymentGateway } from '@paystrata/application';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createGatewayActivities } from '../activities/gateway-activities.ts';
import { createProjectionActivities } from '../activities/projection-activities.ts';
import { dataConverterOf, unreachable } from '../client/connect.ts';
import { connectionOptions } from '../client/tls.ts';
import type { Stores } from '../strategy/session.ts';
import { queuesOf, type TemporalOptions } from '../strategy/options.ts';
import { createWorkerMetrics } from './worker-metrics.ts';
import { installRuntime } from './install-runtime.ts';
import { workflowBundle } from './workflow-bundle.ts';

export interface PaymentWorkerOptions extends Pick<Stores, 'projection' | 'archive' | 'seals'> {
  readonly options: TemporalOptions;
  readonly gateway: PaymentGateway;
  readonly logger: Logger;
}

/** A running worker. */
export interface PaymentWorker {
  /** Null while it works; else what ended it. */
  problem(): string | null;
  measure(): readonly Measurement[];
  /** Takes nothing new, finishes what it has, and ends. */
  stop(): Promise<void>;
}

/** How long what is in flight may take when a worker stops; a gateway call that takes longer is looked up. */
const SHUTDOWN_MS = 5000;
/** A worker that died keeps a workflow's next task for so long. */
const STICKY_TIMEOUT_MS = 1000;

/** Resolves once it polls. @throws PortFailure `STORE_UNAVAILABLE` */
export async function startPaymentWorker(given: PaymentWorkerOptions): Promise<PaymentWorker> {
  const { options, gateway, logger } = given;
  const { gatewayQueue, projectionQueue } = queuesOf(options);
  installRuntime(logger);
  const bundle = await workflowBundle(options.workflowBundlePath);
  const connection = await reach(options);
  const common = {
    connection,
    namespace: options.namespace,
    dataConverter: await dataConverterOf(options),
    shutdownGraceTime: SHUTDOWN_MS,
    shutdownForceTime: SHUTDOWN_MS * 2,
    ...(options.identity !== null && { identity: options.identity }),
  } satisfies Partial<WorkerOptions>;
  const metrics = createWorkerMetrics();
  const gatewayActivities = createGatewayActivities(gateway, options.gatewayTimeoutMs);
  const projectionActivities = createProjectionActivities({ ...given, onProjected: (at) => metrics.projected(at) });
  const [workflows, calls, projections] = await Promise.all([
    Worker.create({
      ...common,
      taskQueue: options.taskQueue,
      workflowBundle: bundle,
      stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT_MS,
      maxConcurrentWorkflowTaskExecutions: options.maxWorkflowTasks,
      maxCachedWorkflows: options.maxCachedWorkflows,
    }),
    Worker.create({
      ...common,
      taskQueue: gatewayQueue,
      activities: metrics.counted('gateway', { ...gatewayActivities }),
      maxConcurrentActivityTaskExecutions: options.maxGatewayCalls,
    }),
    Worker.create({
      ...common,
      taskQueue: projectionQueue,
      activities: metrics.counted('projection', { ...projectionActivities }),
      maxConcurrentActivityTaskExecutions: options.maxProjections,
    }),
  ]);
  const workers = new Map([
    ['workflows', workflows],
    ['gateway', calls],
    ['projection', projections],
  ]);
  return { ...run([...workers.values()], connection, logger), measure: () => metrics.measure(workers) };
}

function run(workers: readonly Worker[], connection: NativeConnection, logger: Logger): Omit<PaymentWorker, 'measure'> {
  let problem: string | null = null;
  const ended = workers.map((worker) =>
    worker.run().catch((error: unknown) => {
      problem = `the worker of ${worker.options.taskQueue} failed: ${String(error)}`;
      logger.error({ error, taskQueue: worker.options.taskQueue }, 'a worker failed: restart the process');
    }),
  );
  return {
    problem: () => problem,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.all(ended);
      await connection.close();
    },
  };
}

async function reach(options: TemporalOptions): Promise<NativeConnection> {
  const told = await connectionOptions(options);
  try {
    return await NativeConnection.connect(told);
  } catch (cause) {
    throw await unreachable(options, cause);
  }
}
