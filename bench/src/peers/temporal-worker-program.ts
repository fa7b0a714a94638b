// A worker in a process of its own: `node temporal-worker-program.ts '<JSON of WorkerOptions>'`. Says when it works.

import { createUuidV7Ids, systemClock } from '@paystrata/application';
import { TemporalWorker } from '@paystrata/infra-temporal';
import { programOptions } from '@paystrata/test-servers';
import { approving, type TemporalPlace } from './temporal-place.ts';

const place = programOptions<TemporalPlace>();
const worker = new TemporalWorker({
  ...{ ...place, clock: systemClock, ids: createUuidV7Ids(systemClock), gateway: approving, allowVolatile: true },
});
await worker.start();
console.log('works');
