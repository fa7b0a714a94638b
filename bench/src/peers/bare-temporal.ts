// A bare workflow on the server, with a worker and a client as their documentation shows them.

import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';

export type BareUpdate = 'withActivity' | 'alone';

export interface BareTemporal {
  /** Starts a workflow by its first update. */
  begin(id: string, update: BareUpdate): Promise<unknown>;
  /** An update of one that runs. */
  update(id: string, update: BareUpdate): Promise<unknown>;
  stop(): Promise<void>;
}

const taskQueue = 'bare';
/** About as long as a command of ours. */
const TEXT = 'x'.repeat(700);

export async function startBareTemporal(address: string): Promise<BareTemporal> {
  const native = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)),
    activities: { note: async (text: string) => text },
  });
  const ended = worker.run();
  const connection = await Connection.connect({ address });
  const { workflow } = new Client({ connection });
  return {
    begin: (workflowId, update) =>
      workflow.executeUpdateWithStart(update, {
        args: [TEXT],
        startWorkflowOperation: new WithStartWorkflowOperation('bare', {
          workflowId,
          taskQueue,
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      }),
    update: (workflowId, update) => workflow.getHandle(workflowId).executeUpdate(update, { args: [TEXT] }),
    stop: async () => {
      worker.shutdown();
      await ended;
      await connection.close();
      await native.close();
    },
  };
}
