// What is done for a log in the background: whole ranges are sealed, and what has become old is archived.

import { randomUUID } from 'node:crypto';
import {
  instantOf,
  LeaseKeeper,
  silentLogger,
  type Clock,
  type Lease,
  type Logger,
  type SubscriptionStore,
} from '@paystrata/application';
import { archiveEvents } from '../archive/archive-events.ts';
import type { SqlPaymentStore } from '../journal/journal-store.ts';
import { sealLog } from './seal-log.ts';

export interface LogUpkeepOptions {
  readonly store: Pick<SqlPaymentStore, 'journal'>;
  /** In the database of the log: of all processes on it, whoever has the lease works. */
  readonly leases: SubscriptionStore;
  readonly clock: Clock;
  /** Between two rounds; a minute where absent. */
  readonly intervalMs?: number;
  /** Events older than so many days are archived; null: none. */
  readonly archiveAfterDays: number | null;
  /** Is told what was done, and what went wrong: the next round tries again. */
  readonly logger?: Logger | undefined;
}

export interface LogUpkeep {
  /** The store must have been started. */
  start(): void;
  /** Resolves once nothing is under way; the store must still be open. */
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;
const INTERVAL_MS = 60_000;
/** Its checkpoint is the position up to which everything is archived. */
const LEASE = 'paystrata-upkeep';

/**
 * A round a minute, by one of the processes on the log: the one that has the lease, which it keeps between its rounds.
 * Where it dies another takes over after two rounds. Two at once would do no harm: what one has done, the other leaves.
 */
export function createLogUpkeep(options: LogUpkeepOptions): LogUpkeep {
  const { leases, clock, intervalMs = INTERVAL_MS, logger = silentLogger } = options;
  const owner = randomUUID();
  const leaseMs = 2 * intervalMs;
  let stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();
  let held: Lease | null = null;

  async function round(signal: AbortSignal): Promise<void> {
    held = await leases.acquire(LEASE, owner, leaseMs);
    if (held === null) return;
    const keeper = new LeaseKeeper(held, { store: leases, clock, leaseMs });
    try {
      await keepUp(held, options, AbortSignal.any([signal, keeper.lost]));
    } finally {
      await keeper.stop();
    }
  }

  async function work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await clock.sleep(intervalMs, signal);
        await round(signal);
      } catch (error) {
        if (!signal.aborted) logger.error({ error }, 'the log could not be sealed or archived');
      }
    }
  }

  return {
    start: () => {
      stopping = new AbortController();
      working = work(stopping.signal);
    },
    stop: async () => {
      stopping.abort(new Error('the log is closed'));
      await working;
      const lease = held;
      held = null;
      if (lease === null) return;
      await leases.release(lease).catch((error: unknown) => {
        logger.warn({ error }, 'the lease of the upkeep was not given back: it runs out by itself');
      });
    },
  };
}

async function keepUp(
  lease: Lease,
  { store, leases, clock, archiveAfterDays, logger = silentLogger }: LogUpkeepOptions,
  signal: AbortSignal,
): Promise<void> {
  const { journal } = store;
  const now = clock.now();
  await sealLog(journal.tables(), journal.archive, { now, toEnd: false, signal });
  if (archiveAfterDays === null) return;
  const before = instantOf(now - archiveAfterDays * DAY_MS);
  const scope = { kind: 'all' } as const;
  const done = await archiveEvents(journal.tables(), { scope, before, now, from: lease.checkpoint, signal });
  if (done.archivedTo > lease.checkpoint) await leases.advance(lease, done.archivedTo);
  if (done.events > 0) logger.info({ ...done }, 'old events were archived');
}
