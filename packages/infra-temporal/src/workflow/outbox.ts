// The outbox: what is recorded but not projected yet is handed to an activity until that has it.

import { condition, proxyActivities } from '@temporalio/workflow';
import type { PaymentInput, ProjectionActivities, Surroundings } from '../protocol/messages.ts';
import { toWire } from '../protocol/wire.ts';
import type { Gathering } from './gathering.ts';
import type { PaymentStream } from './payment-stream.ts';

/** How long whoever adopted events has time to project them. */
const LEFT_MS = 30_000;
/** Events at a time: far below what one message of Temporal may hold. */
const BATCH = 100;

export class Outbox {
  readonly #stream: PaymentStream;
  readonly #activities: ProjectionActivities;
  readonly #gathering: Gathering;
  /** Events up to this version are projected. */
  projected: number;
  /** Events up to this version are being projected by somebody else. */
  #left = 0;

  constructor(stream: PaymentStream, projected: number, gathering: Gathering, { projectionQueue }: Surroundings) {
    this.#stream = stream;
    this.#gathering = gathering;
    this.projected = projected;
    this.#activities = proxyActivities<ProjectionActivities>({
      taskQueue: projectionQueue,
      // A task that went to a worker as it stopped is lost for so long; writing one payment twice does no harm.
      startToCloseTimeout: 4000,
      // For ever: a projection that is down is caught up with, and holds up nobody meanwhile.
      retry: { initialInterval: 100, backoffCoefficient: 2, maximumInterval: 10_000 },
    });
  }

  holdsAll(): boolean {
    return this.projected === this.#stream.version;
  }

  /** Whoever made the last events projects them, in their order among those of other payments. */
  leaveToOthers(): void {
    this.#left = this.#stream.version;
  }

  /** Hands the whole payment to the archive. @returns the version that is kept there. */
  archive({ organizationId, paymentId }: PaymentInput): Promise<number> {
    return this.#activities.archive(toWire({ organizationId, paymentId, events: this.#stream.events }));
  }

  /** Never returns. A projection that lost events says so, and gets them again. */
  async run({ organizationId, paymentId }: PaymentInput): Promise<void> {
    for (;;) {
      await condition(() => this.#stream.version > this.projected && !this.#gathering.isOn);
      if (this.#left > this.projected) await condition(() => this.#stream.version > this.#left, LEFT_MS);
      this.#left = 0;
      const events = this.#stream.events.slice(this.projected, this.projected + BATCH);
      this.projected = await this.#activities.project(toWire({ organizationId, paymentId, events }));
    }
  }
}
