// The program whose end `orphans.int.test.ts` watches: it starts servers, tells their ids and waits to be ended.

import { startPostgres } from '../postgres/postgres.ts';
import { startRedis } from '../redis/redis.ts';
import { startTemporal } from '../temporal/temporal.ts';
import { processTree } from './process-tree.ts';

const servers = await Promise.all([
  startPostgres({ own: true }),
  startRedis({ own: true }),
  ...(process.argv.includes('temporal') ? [startTemporal({ own: true })] : []),
]);
const pids = servers.flatMap(({ pid }) => (pid === undefined ? [] : processTree(pid)));
if (process.argv.includes('suspended')) for (const server of servers) server.suspend();
console.log(JSON.stringify({ pids, folders: servers.map(({ folder }) => folder) }));
if (process.argv.includes('throws')) throw new Error('the test program fails');
if (!process.argv.includes('returns')) setInterval(() => undefined, 1e6);
