// One machine of an installation: a server in a process of its own, with the configuration that it is given as JSON.
// Writes one line once it serves.

import { compose, loadConfig, type ConfigOverrides } from '@paystrata/composition';
import { startServer } from '../src/index.ts';

const { dataDir, overrides } = JSON.parse(process.argv[2] ?? '') as { dataDir: string; overrides: ConfigOverrides };
const server = await startServer(await compose(loadConfig({ env: {}, cwd: dataDir, overrides })));
process.stdout.write(`${JSON.stringify({ url: server.url, firstKey: server.firstKey?.key ?? null })}\n`);
