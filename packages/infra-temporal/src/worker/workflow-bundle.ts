// The workflow code as one script: the entity workflow, the domain and the workflow SDK, nothing else.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundle, type WorkerOptions } from '@temporalio/worker';
import { quiet } from './quiet-logger.ts';

let made: Promise<WorkflowBundle> | undefined;

/** Made at the first worker of a process, from the sources where there are sources, else from what is published. */
export function workflowBundle(): Promise<NonNullable<WorkerOptions['workflowBundle']>> {
  made ??= bundleWorkflowCode({
    workflowsPath: entryPath(),
    logger: quiet,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: {
        ...config.resolve,
        conditionNames: [...sourceConditions(), 'webpack', 'import', 'require', 'default'],
      },
    }),
  });
  return made;
}

function entryPath(): string {
  const folder = join(import.meta.dirname, '..', 'workflow');
  const source = join(folder, 'payment.ts');
  return runsFromSource() && existsSync(source) ? source : join(folder, 'payment.js');
}

function sourceConditions(): readonly string[] {
  return runsFromSource() ? ['@paystrata/source'] : [];
}

function runsFromSource(): boolean {
  return import.meta.filename.endsWith('.ts');
}
