// Works on a subscription while it has the lease: reads on, delivers, moves the checkpoint.

import { PortFailure } from '../ports/failures.ts';
import type { Lease, NewDeadLetter } from '../ports/subscriptions.ts';
import type { Alarm } from './alarm.ts';
import { Deliverer, messageOf, type DelivererOptions } from './deliverer.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { SubscribedEvent, SubscriptionSource } from './subscription.ts';

export interface CatchUpOptions<Event> extends DelivererOptions<Event> {
  readonly source: SubscriptionSource<Event>;
  readonly filter: (event: Event) => boolean;
  readonly batchSize: number;
  readonly pollMs: number;
  /** Rung when there may be something new, or the work is to be put down. */
  readonly poll: Alarm;
  readonly isPaused: () => boolean;
  readonly isStopping: () => boolean;
  readonly progress: (progress: Progress) => void;
}

export interface Progress {
  readonly checkpoint: number;
  readonly caughtUp: boolean;
  readonly handled: number;
  readonly deadLettered: number;
}

/** What is passed over is stored only now and then: it costs a write. */
const PASSED_OVER = 1000;

export class CatchUp<Event extends SubscribedEvent> {
  readonly #options: CatchUpOptions<Event>;
  readonly #keeper: LeaseKeeper;
  readonly #deliverer: Deliverer<Event>;
  #stored: number;
  #checkpoint: number;
  #caughtUp = false;

  private constructor(options: CatchUpOptions<Event>, keeper: LeaseKeeper, deliverer: Deliverer<Event>) {
    this.#options = options;
    this.#keeper = keeper;
    this.#deliverer = deliverer;
    this.#stored = keeper.lease.checkpoint;
    this.#checkpoint = this.#stored;
  }

  /** Resolves when the lease is lost, or the work put down at a checkpoint. @throws what source and store throw */
  static async run<Event extends SubscribedEvent>(options: CatchUpOptions<Event>, keeper: LeaseKeeper): Promise<void> {
    await requireSameLog(options.source, keeper.lease);
    const catchUp = new CatchUp(options, keeper, await Deliverer.create(options, keeper));
    while (!options.isStopping() && !keeper.lost.aborted) {
      if (!options.isPaused() && (await catchUp.#turn())) continue;
      if (keeper.lost.aborted) break;
      if (options.isPaused()) catchUp.#tell({ handled: 0, deadLettered: 0 });
      await options.poll.sleep(options.pollMs);
    }
    if (catchUp.#checkpoint > catchUp.#stored && !keeper.lost.aborted) await catchUp.#store(catchUp.#checkpoint, []);
  }

  /** One batch. @returns false where there is nothing more for now. */
  async #turn(): Promise<boolean> {
    const { source, batchSize, filter, signal } = this.#options;
    const page = await source.readAll({ direction: 'forward', from: this.#checkpoint, limit: batchSize });
    if (!page.end && this.#caughtUp) {
      this.#caughtUp = false;
      signal({ type: 'fellBehind', position: this.#checkpoint });
    }
    const wanted = page.events.filter(filter);
    const delivered = await this.#deliverer.deliver(wanted, this.#checkpoint);
    const { letters, handled, complete } = delivered;
    const position = complete ? Math.max(page.next, this.#checkpoint) : delivered.position;
    const isDue = wanted.length > 0 || position - this.#stored >= PASSED_OVER;
    if (isDue && position > this.#stored && !(await this.#store(position, letters))) return false;
    this.#checkpoint = position;
    if (complete && page.end && !this.#caughtUp) {
      this.#caughtUp = true;
      signal({ type: 'caughtUp', position });
    }
    this.#tell({ handled, deadLettered: letters.length });
    return !page.end && complete;
  }

  /** What was handled is not handled again because the store is away: it is asked until it answers. */
  async #store(checkpoint: number, letters: readonly NewDeadLetter[]): Promise<boolean> {
    const { store, signal, pause, retry, isStopping } = this.#options;
    for (let attempt = 0; ; attempt++) {
      try {
        if (await store.advance(this.#keeper.lease, checkpoint, letters)) {
          this.#stored = checkpoint;
          this.#deliverer.saved();
          return true;
        }
        this.#keeper.lose();
        return false;
      } catch (error) {
        if (isStopping() || this.#keeper.lost.aborted) throw error;
        signal({ type: 'failing', error: messageOf(error) });
      }
      await pause.sleep(Math.min(retry.maxDelayMs, retry.firstDelayMs * 2 ** attempt));
    }
  }

  #tell(counts: Pick<Progress, 'handled' | 'deadLettered'>): void {
    this.#options.progress({ checkpoint: this.#checkpoint, caughtUp: this.#caughtUp, ...counts });
  }
}

/** A checkpoint beyond the end is that of another log: going on from there would skip what this one gets next. */
async function requireSameLog<Event>(source: SubscriptionSource<Event>, lease: Lease): Promise<void> {
  const head = await source.head?.();
  if (head === undefined || lease.checkpoint <= head) return;
  throw new PortFailure(
    'POSITION_UNKNOWN',
    `the subscription ${lease.subscription} stands at ${lease.checkpoint}, the log ends at ${head}: it is another log, reset the checkpoint`,
  );
}
