// The example of the README, word for word.

import { compose, loadConfig } from '@paystrata/composition';
import { startServer } from '../src/index.ts';

const composition = await compose(loadConfig({ env: process.env, cwd: process.cwd() }), { logTo: 'stdout' });
const { url, firstKey, stop } = await startServer(composition);
console.log(`serving on ${url}`, firstKey?.key ?? '');
process.once('SIGTERM', () => void stop());
