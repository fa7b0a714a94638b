// Histories that earlier releases wrote: today's workflow code must take every step as it was taken then.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '@paystrata/application';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, it } from 'vitest';
import { dataConverterOf } from '../client/connect.ts';
import { installRuntime } from '../worker/install-runtime.ts';
import { makeBundle, workflowBundle } from '../worker/workflow-bundle.ts';

const folder = join(import.meta.dirname, '..', '..', 'histories');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

let incompatible: ReturnType<typeof makeBundle> | undefined;

async function replay(text: string, bundle = workflowBundle(null)): Promise<void> {
  installRuntime(silentLogger);
  const { workflowId, history } = JSON.parse(text) as { readonly workflowId: string; readonly history: object };
  const dataConverter = await dataConverterOf({ encryptionKeyFile: null });
  await Worker.runReplayHistory({ workflowBundle: await bundle, dataConverter }, history, workflowId);
}

describe('a recorded history', () => {
  it('is there', () => expect(files.length).toBeGreaterThanOrEqual(2));

  it.each(files)('%s is replayed without a difference', async (file) => {
    await replay(textOf(file));
  });

  it('that tells of other steps is refused', async () => {
    const [file = ''] = files.filter((each) => each.includes('refunded'));
    const changed = textOf(file).replaceAll('"name": "charge"', '"name": "capture"');
    expect(changed).not.toBe(textOf(file));
    await expect(replay(changed)).rejects.toThrow(DeterminismViolationError);
  });

  it.each(files)('%s is refused by a workflow that takes another step', async (file) => {
    incompatible ??= makeBundle(fileURLToPath(new URL('../testing/incompatible-payment.ts', import.meta.url)));
    await expect(replay(textOf(file), incompatible)).rejects.toThrow(DeterminismViolationError);
  });
});
