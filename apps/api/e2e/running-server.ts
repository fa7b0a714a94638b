// A server on a socket and a data folder of its own, for these tests.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, loadConfig, type Composition, type ConfigOverrides } from '@paystrata/composition';
import { startServer, type RunningServer } from '../src/index.ts';

export interface ServerUnderTest extends RunningServer {
  readonly composition: Composition;
}

export function newFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'paystrata-api-'));
  return { path, remove: () => rmSync(path, { recursive: true }) };
}

/** On any free port; the strategy is the default one unless the overrides say otherwise. */
export async function composeIn(dataDir: string, overrides: ConfigOverrides = {}): Promise<Composition> {
  const config = loadConfig({
    env: {},
    cwd: dataDir,
    overrides: {
      log: { level: 'silent' },
      server: { port: 0 },
      ...overrides,
      storage: { dataDir, ...overrides.storage },
    },
  });
  return compose(config);
}

export async function serveIn(dataDir: string, overrides: ConfigOverrides = {}): Promise<ServerUnderTest> {
  const composition = await composeIn(dataDir, overrides);
  return { ...(await startServer(composition, { checkAnswers: true })), composition };
}

/** Sends JSON with a key. */
export function asker(url: string, key: string) {
  return (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
}
