// The outbox: what is recorded but not projected yet is handed to an activity until that has it.

import type { OrganizationId, PaymentId } from '@paystrata/domain';
import { condition, proxyActivities } from '@temporalio/workflow';
import type { ProjectionActivities, Surroundings } from '../protocol/messages.ts';
import { toWire } from '../protocol/wire.ts';
import type { PaymentStream } from './payment-stream.ts';

/** Events at a time: far below what one message of Temporal may hold. */
const BATCH = 100;

export class Outbox {
  readonly #stream: PaymentStream;
  readonly #activities: ProjectionActivities;
  /** Events up to this version are projected. */
  projected: number;

  constructor(stream: PaymentStream, projected: number, { projectionQueue }: Surroundings) {
    this.#stream = stream;
    this.projected = projected;
    this.#activities = proxyActivities<ProjectionActivities>({
      taskQueue: projectionQueue,
      startToCloseTimeout: 10_000,
      // For ever: a projection that is down is caught up with, and holds up nobody meanwhile.
      retry: { initialInterval: 100, backoffCoefficient: 2, maximumInterval: 10_000 },
    });
  }

  /** Never returns. A projection that lost events says so, and gets them again. */
  async run(key: { readonly organizationId: OrganizationId; readonly paymentId: PaymentId }): Promise<void> {
    const { organizationId, paymentId } = key;
    for (;;) {
      await condition(() => this.#stream.version > this.projected);
      const events = this.#stream.events.slice(this.projected, this.projected + BATCH);
      this.projected = await this.#activities.project(toWire({ organizationId, paymentId, events }));
    }
  }
}
