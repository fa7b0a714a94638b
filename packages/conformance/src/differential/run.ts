// One differential run: the strategy's world, and how the steps' words become orders in it.

import type { BulkResult, WriteOrder, WriteResult } from '@paystrata/application';
import type { PaymentCommand, PaymentId } from '@paystrata/domain';
import { newPaymentId, order } from '../world/orders.ts';
import { known } from '../world/parsed.ts';
import { cancel, erase, newPayment, process, refund, remove, settle, update } from '../world/terms.ts';
import type { World } from '../world/world.ts';
import { SLOTS, type CommandStep, type Outcome } from './steps.ts';

const DAY = 86_400_000;

/** A command that was sent, to be repeated. */
export interface Sent {
  readonly command: CommandStep;
  readonly order: WriteOrder;
}

export class Run {
  world: World;
  readonly sent: Sent[] = [];
  /** What `age` counts back from. */
  readonly start: number;
  #ids: readonly PaymentId[];

  constructor(world: World) {
    this.world = world;
    this.start = world.clock.now();
    this.#ids = slots(world);
  }

  idOf(slot: number): PaymentId {
    return known(this.#ids[slot], `slot ${slot}`);
  }

  referenceOf(slot: number): string | null {
    return slot % 2 === 0 ? referenceOf(slot) : null;
  }

  createdAt(age: number): number {
    return this.start - age * DAY;
  }

  orderOf(step: CommandStep, expectedVersion: number | null): WriteOrder {
    const made = order(this.world, this.idOf(step.slot), this.#commandOf(step), { expectedVersion });
    this.sent.push({ command: step, order: made });
    return made;
  }

  /** Goes on in an organization of its own, where nothing is known of what was before. */
  beginAnew(): void {
    this.world = this.world.neighbour();
    this.#ids = slots(this.world);
    this.sent.length = 0;
  }

  #commandOf(step: CommandStep): PaymentCommand {
    const { world } = this;
    switch (step.kind) {
      case 'create':
      case 'import':
        return newPayment(
          world,
          step.kind === 'create' ? 'CreatePayment' : 'ImportSettledPayment',
          this.idOf(step.slot),
          {
            ...step,
            reference: this.referenceOf(step.slot),
            customer: step.customer === null ? null : { name: step.customer, email: null },
            createdAt: this.createdAt(step.age),
          },
        );
      case 'update':
        return update(world, personalOf(step), step.amount === null ? {} : { amount: step.amount });
      case 'process':
        return process(world, step.method, step.stated === null ? {} : { amount: step.stated });
      case 'refund':
        return refund(world, step.amount === null ? {} : { amount: step.amount });
      case 'settle':
        return settle(world, step.outcome);
      case 'cancel':
        return cancel(world);
      case 'delete':
        return remove(world);
      case 'erase':
        return erase(world);
    }
  }
}

/** How a command ended, or why it did not. */
export function outcomeOf(result: WriteResult | BulkResult): Outcome {
  if (result.ok) {
    const { version, replayed } = result.receipt;
    return { ended: 'accepted', version, replayed };
  }
  if ('rejection' in result) return { ended: 'refused', code: result.rejection.code };
  return { ended: 'failed', code: result.failure.code };
}

function slots(world: World): readonly PaymentId[] {
  return Array.from({ length: SLOTS }, (_, slot) => newPaymentId(world, slot % 2 === 0 ? referenceOf(slot) : null));
}

function referenceOf(slot: number): string {
  return `R-${slot}`;
}

function personalOf({ description, metadata }: Extract<CommandStep, { kind: 'update' }>) {
  return { ...(description === undefined ? {} : { description }), ...(metadata === undefined ? {} : { metadata }) };
}
