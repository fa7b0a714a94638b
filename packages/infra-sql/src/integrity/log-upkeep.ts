// What is done for a log in the background: whole ranges are sealed, and what has become old is archived.

import { instantOf, silentLogger, type Clock, type Logger } from '@paystrata/application';
import { archiveEvents } from '../archive/archive-events.ts';
import type { SqlPaymentStore } from '../journal/journal-store.ts';
import { sealLog } from './seal-log.ts';

export interface LogUpkeepOptions {
  readonly store: Pick<SqlPaymentStore, 'journal'>;
  readonly clock: Clock;
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

/** A round a minute. Several processes may do it at once: what one has done, the others leave alone. */
export function createLogUpkeep({
  store,
  clock,
  archiveAfterDays,
  logger = silentLogger,
}: LogUpkeepOptions): LogUpkeep {
  let stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();
  let archivedTo = 0;

  async function round(signal: AbortSignal): Promise<void> {
    const { journal } = store;
    const now = clock.now();
    await sealLog(journal.tables(), journal.archive, { now, toEnd: false, signal });
    if (archiveAfterDays === null) return;
    const before = instantOf(now - archiveAfterDays * DAY_MS);
    const scope = { kind: 'all' } as const;
    const done = await archiveEvents(journal.tables(), { scope, before, now, from: archivedTo, signal });
    archivedTo = done.archivedTo;
    if (done.events > 0) logger.info({ ...done }, 'old events were archived');
  }

  async function work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await clock.sleep(INTERVAL_MS, signal);
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
    },
  };
}
