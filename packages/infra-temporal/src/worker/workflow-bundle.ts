// The workflow code as one script: the entity workflow, the domain and the workflow SDK, nothing else.

import { fileURLToPath } from 'node:url';
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
  const source = new URL('../workflow/payment.ts', import.meta.url);
  const built = new URL('../workflow/payment.js', import.meta.url);
  return fileURLToPath(runsFromSource() ? source : built);
}

function sourceConditions(): readonly string[] {
  return runsFromSource() ? ['@paystrata/source'] : [];
}

function runsFromSource(): boolean {
  return import.meta.filename.endsWith('.ts');
}
