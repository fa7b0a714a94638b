// The workflow code as one script: the entity workflow, the domain and the workflow SDK, nothing else.

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundle, type WorkerOptions } from '@temporalio/worker';
import { quiet } from './quiet-logger.ts';

let made: Promise<WorkflowBundle> | undefined;

/** Where the build puts it: a worker that is installed bundles nothing. */
export const builtBundle = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

/** @param path one that was written before; null: as it was built, else made at the first worker of a process. */
export async function workflowBundle(path: string | null): Promise<NonNullable<WorkerOptions['workflowBundle']>> {
  if (path !== null) return { codePath: path };
  if (!runsFromSource() && existsSync(builtBundle)) return { codePath: builtBundle };
  return (made ??= makeBundle());
}

/** Makes the bundle and writes it to a file, for workers to be given. */
export async function writeWorkflowBundle(path: string): Promise<void> {
  const { code } = await makeBundle();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
}

/** From the sources where there are sources, else from what is published. */
export function makeBundle(workflowsPath = entryPath()): Promise<WorkflowBundle> {
  return bundleWorkflowCode({
    workflowsPath,
    logger: quiet,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: {
        ...config.resolve,
        conditionNames: [...sourceConditions(), 'webpack', 'import', 'require', 'default'],
      },
    }),
  });
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
