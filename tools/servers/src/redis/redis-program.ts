// Where `redis-server` is.

import { aptProgram } from '../install/apt-program.ts';

/** @throws ServerProgramMissing saying what to do instead. */
export function redisProgram(): Promise<string> {
  return aptProgram({
    name: 'Redis',
    program: 'redis-server',
    aptPackage: 'redis-server',
    instead: 'install Redis, or give a server in PAYSTRATA_TEST_REDIS_URL',
  });
}
