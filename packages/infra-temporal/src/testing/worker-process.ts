// A worker in a process of its own, for tests that kill it: `node worker-process.ts '<JSON of WorkerProcessOptions>'`.

import { createSandboxGateway, createUuidV7Ids, systemClock, type PaymentGateway } from '@paystrata/application';
import { createTemporalStrategy } from '../strategy/create-temporal-strategy.ts';
import { openFileLedger } from './file-ledger.ts';

export interface WorkerProcessOptions {
  readonly address: string;
  readonly taskQueue: string;
  readonly projection: { readonly kind: 'sqlite'; readonly path: string };
  readonly keyringPath: string;
  readonly workflowBundlePath: string;
  readonly ledgerFile: string;
  /** The gateway moves the money and then never answers. */
  readonly silent: boolean;
}

const given = JSON.parse(process.argv[2] ?? '{}') as WorkerProcessOptions;
const { ledgerFile, silent, ...options } = given;
const sandbox = createSandboxGateway(openFileLedger(ledgerFile));
const never = new Promise<never>(() => undefined);
const gateway: PaymentGateway = silent
  ? { ...sandbox, charge: async (call) => (await sandbox.charge(call), never) }
  : sandbox;

const ids = createUuidV7Ids(systemClock);
const strategy = createTemporalStrategy({ ...options, clock: systemClock, ids, gateway, allowVolatile: true });
await strategy.start();
process.stdout.write('ready\n');
