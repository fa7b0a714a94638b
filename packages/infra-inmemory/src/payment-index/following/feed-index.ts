// Keeps an index equal to a log, whoever writes that: event by event, up to its end, and on from there.

import { setImmediate as breakFor } from 'node:timers/promises';
import {
  foldAsOf,
  readLog,
  readPages,
  type Clock,
  type LogSource,
  type PaymentDocument,
  type RecordedEvent,
} from '@paystrata/application';
import { evolve, type PaymentId } from '@paystrata/domain';
import type { PaymentIndex } from '../payment-index.ts';

export interface FeedOptions {
  /** Only what comes after this position; 0: everything. */
  readonly from?: number;
  /** Ends the feeding with the signal's reason; what was taken in stays. */
  readonly signal?: AbortSignal;
  /** Told after each page: the position that was reached. */
  readonly onProgress?: (position: number) => void;
}

/** What an event did to the index. `gap`: nothing yet, because events of the payment before it are missing. */
export type Fold = 'applied' | 'known' | 'gap';

/** Takes in the next event of a payment; older ones change nothing, so that events may come repeatedly. */
export function foldEvent(index: PaymentIndex, event: RecordedEvent): Fold {
  const folded = foldUpon(event.version === 1 ? null : index.get(event), event);
  if (typeof folded === 'string') return folded;
  return index.apply(folded) ? 'applied' : 'known';
}

/** A payment that begins is built upon nothing, so that the index need not be looked into twice. */
function foldUpon(before: PaymentDocument | null, event: RecordedEvent): PaymentDocument | 'known' | 'gap' {
  const version = before?.payment.version ?? 0;
  if (event.version <= version) return 'known';
  if (event.version > version + 1) return 'gap';
  return { payment: evolve(before?.payment ?? null, event), position: event.position };
}

/**
 * Takes in what the log has, in its order, and lets others run after each page. What the index lacks of a payment is
 * read from the payment's own events, so that any index can be fed from any place of the log.
 *
 * @returns the position up to which everything was taken in: the `from` of the next time.
 * @throws PortFailure what the log throws; the same call again goes on.
 */
export async function feedIndex(
  index: PaymentIndex,
  source: Pick<LogSource, 'readAll'>,
  { from = 0, signal, onProgress }: FeedOptions = {},
): Promise<number> {
  let position = from;
  for await (const { events, next } of readPages(source, { from: from === 0 ? null : from })) {
    await feedPage(index, source, events);
    position = Math.max(position, next);
    onProgress?.(position);
    await breakFor();
    signal?.throwIfAborted();
  }
  return position;
}

/** Events of one payment mostly come close together: it is indexed once a page, as the last of them left it. */
async function feedPage(index: PaymentIndex, source: Pick<LogSource, 'readAll'>, events: readonly RecordedEvent[]) {
  const folded = new Map<PaymentId, PaymentDocument>();
  const take = () => {
    for (const document of folded.values()) index.apply(document);
    folded.clear();
  };
  for (const event of events) {
    const { paymentId, organizationId } = event;
    const here = folded.get(paymentId);
    const isOther = here !== undefined && here.payment.organizationId !== organizationId;
    if (isOther) take();
    const before = (isOther ? undefined : here) ?? (event.version === 1 ? null : index.get(event));
    const after = foldUpon(before, event);
    if (after === 'known') continue;
    if (after === 'gap') {
      take();
      await fillGap(index, source, event);
    } else folded.set(paymentId, after);
  }
  take();
}

export interface FollowOptions {
  readonly clock: Clock;
  /** Between two looks at the end of the log. */
  readonly intervalMs?: number;
  /** Told of each look that failed; it is tried again after the interval. */
  readonly onFailure: (error: unknown) => void;
}

export interface IndexFollower {
  /** Up to which position of the log the index has everything. */
  position(): number;
  /** Ends after the page in hand. */
  stop(): Promise<void>;
}

/** Feeds the index from the beginning of the log, for ever. It is emptied where the log begins another life. */
export function followLog(index: PaymentIndex, source: LogSource, options: FollowOptions): IndexFollower {
  const controller = new AbortController();
  const { signal } = controller;
  const state = { position: 0, epoch: null as string | null };
  const done = follow(index, source, options, state, signal);
  return {
    position: () => state.position,
    stop: () => {
      controller.abort();
      return done;
    },
  };
}

interface Followed {
  position: number;
  epoch: string | null;
}

async function follow(
  index: PaymentIndex,
  source: LogSource,
  { clock, intervalMs = 50, onFailure }: FollowOptions,
  state: Followed,
  signal: AbortSignal,
): Promise<void> {
  const onProgress = (position: number) => {
    state.position = position;
  };
  while (!signal.aborted) {
    try {
      const epoch = source.epoch();
      if (state.epoch !== null && state.epoch !== epoch) {
        index.rebuild([]);
        state.position = 0;
      }
      state.epoch = epoch;
      await feedIndex(index, source, { from: state.position, signal, onProgress });
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
    await clock.sleep(intervalMs, signal).catch(() => undefined);
  }
}

async function fillGap(
  index: PaymentIndex,
  source: Pick<LogSource, 'readAll'>,
  { organizationId, paymentId, version }: RecordedEvent,
): Promise<void> {
  const document = await foldAsOf(readLog(source, { organizationId, paymentId }), { version });
  if (document !== null) index.apply(document);
}
