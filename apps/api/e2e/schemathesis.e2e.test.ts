// Whatever the document allows is asked, and much that it does not: no server error, no answer that is not documented.

import { join } from 'node:path';
import { figure, proofTimeoutMs, runSchemathesis, schemathesisLibrary } from '@paystrata/test-servers';
import { beforeAll, describe, expect, it } from 'vitest';
import { newFolder, serveIn } from './running-server.ts';

/** Inputs for each operation and each sequence; `npm run proof` takes many more. */
const EXAMPLES = figure(3, 200);
/** What was found once is found again. */
const SEED = '1';

beforeAll(() => schemathesisLibrary());

const strategies = ['memory-cqs', 'event-sourced'] as const;

describe.each(strategies)('%s', { concurrent: true, timeout: proofTimeoutMs }, (strategy) => {
  it('answers every phase of Schemathesis as documented', async () => {
    const folder = newFolder();
    const server = await serveIn(folder.path, { storage: { strategy }, limits: { ratePerSecond: 0 } });
    try {
      const key = server.firstKey?.key ?? '';
      const report = await runSchemathesis({
        url: `${server.url}/openapi.json`,
        folder: folder.path,
        hooks: join(import.meta.dirname, 'schemathesis', 'hooks.py'),
        settings: join(import.meta.dirname, 'schemathesis', 'schemathesis.toml'),
        args: [
          ...['--header', `Authorization: Bearer ${key}`, '--seed', SEED, '--max-examples', String(EXAMPLES)],
          ...['--phases', 'examples,coverage,fuzzing,stateful', '--continue-on-failure'],
          // Its answer has no end.
          ...['--exclude-operation-id', 'streamEvents'],
        ],
      });
      expect(Number(/(\d+) generated/.exec(report)?.[1])).toBeGreaterThan(1000);
      expect(report).toMatch(/✅ Coverage[^]*✅ Fuzzing[^]*✅ Stateful/);
    } finally {
      await server.stop();
      folder.remove();
    }
  });
});
