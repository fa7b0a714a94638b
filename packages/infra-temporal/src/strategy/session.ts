// What a started strategy holds open: the connection, the keys, the projected log, the archive, and the worker where the
// process hosts one.

import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Ids, Keyring, Logger, PaymentGateway } from '@paystrata/application';
import type { Client } from '@temporalio/client';
import type { PaymentArchive } from '../archive/payment-archive.ts';
import { connect } from '../client/connect.ts';
import { PaymentWorkflows } from '../client/payment-workflows.ts';
import type { OwnedKeyring } from '../personal/owned-keyring.ts';
import type { PersonalSeals } from '../personal/personal-seals.ts';
import { isEmpty, type Projection } from '../projection/projection.ts';
import type { RecentWrites } from '../projection/recent-writes.ts';
import { startPaymentWorker, type PaymentWorker } from '../worker/payment-worker.ts';
import { fillProjection } from './fill-projection.ts';
import type { TemporalOptions } from './options.ts';
import { createRecords, type Records } from './records.ts';

export interface Session {
  readonly workflows: PaymentWorkflows;
  readonly records: Records;
  readonly worker: PaymentWorker | null;
  readonly connection: Client['connection'];
  close(): Promise<void>;
}

/** What stands beside the connection, and is opened with it. */
export interface Stores {
  readonly projection: Projection;
  readonly archive: PaymentArchive | null;
  readonly keyring: OwnedKeyring;
  readonly seals: PersonalSeals;
}

export interface SessionOptions extends Stores {
  readonly options: TemporalOptions;
  readonly gateway: PaymentGateway;
  readonly logger: Logger;
  /** Where this process has the worker that projects it, it does not end before that. */
  readonly recent: RecentWrites;
}

/** How long a stop waits for the answers to what was sent; what is not answered by then has an unknown outcome. */
const DRAIN_MS = 15_000;

/** Connects first, so that a server that is not there is told of before anything else. @throws PortFailure */
export async function openSession(given: SessionOptions): Promise<Session> {
  const { options, projection, archive, keyring, seals, logger, recent } = given;
  const temporal = await connect(options);
  const workflows = new PaymentWorkflows(temporal, options);
  const records = createRecords({ workflows, archive, seals });
  const closing: (() => Promise<void>)[] = [() => temporal.connection.close()];
  const close = async () => {
    await within(DRAIN_MS, workflows.drained());
    for (const step of closing.toReversed()) await step();
  };
  try {
    for (const part of [keyring, projection, archive]) {
      await part?.start();
      if (part !== null) closing.push(() => part.stop());
    }
    const worker = options.worker ? await startPaymentWorker(given) : null;
    if (worker !== null) {
      closing.push(() => worker.stop());
      closing.push(async () => {
        await recent
          .projected(async (key) => projection.store.load(key, null), DRAIN_MS)
          .catch((error: unknown) => {
            logger.warn({ error }, 'the projection could not be asked whether it has all: the next worker goes on');
          });
      });
    }
    if (await isEmpty(projection)) await fillProjection(records, projection, seals);
    return { workflows, records, worker, connection: temporal.connection, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const stop = new AbortController();
  const late = pause(milliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  stop.abort();
}

/** What a strategy is made with, besides its options. */
export interface Dependencies {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called by the worker, where this process hosts one. */
  readonly gateway: PaymentGateway;
  readonly logger?: Logger;
  /** Seals personal data; absent: the keyring at `keyringUrl` or in the file `keyringPath`. */
  readonly keyring?: Keyring;
}
