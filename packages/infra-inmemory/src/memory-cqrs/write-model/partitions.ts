// The partitions of the write model: one an organization, to be listed, measured and dropped by an operator.

import { InvalidMessage, PortFailure, type ReadContext } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import type { MemoryStore } from '../../store/memory-store.ts';
import type { Turns } from './turns.ts';

export interface PartitionStatus {
  readonly organizationId: OrganizationId;
  /** Deleted ones included. */
  readonly payments: number;
  readonly events: number;
  /** Of its last event. */
  readonly position: number;
  /** Commands that wait for the partition's turn; 0 where commands are routed by payment. */
  readonly waiting: number;
}

export interface Partitions {
  /** In the order in which they came. */
  list(): readonly PartitionStatus[];
  /**
   * Forgets an organization altogether: payments, events, what was projected and cached. The log keeps its positions,
   * so that nobody else notices; whoever brings a position or cursor of the dropped organization is refused with
   * `POSITION_UNKNOWN`. Its references may be used again. Nothing can bring it back.
   *
   * @param confirm the organization's id once more.
   * @returns what there was of it; null where there was nothing.
   * @throws InvalidMessage where the confirmation is not the id.
   */
  drop(organizationId: OrganizationId, confirm: string): PartitionStatus | null;
}

export interface PartitionsOptions {
  readonly store: MemoryStore;
  readonly turns: Turns;
  /** Forgets what is derived from the organization, in the same step. */
  readonly forget: (organizationId: OrganizationId) => void;
}

export class MemoryPartitions implements Partitions {
  readonly #options: PartitionsOptions;
  /** Up to which position what was dropped reached. */
  readonly #dropped = new Map<OrganizationId, number>();

  constructor(options: PartitionsOptions) {
    this.#options = options;
  }

  list(): readonly PartitionStatus[] {
    const { store, turns } = this.#options;
    return store.organizations().map((each) => ({ ...each, waiting: turns.waiting(each.organizationId) }));
  }

  drop(organizationId: OrganizationId, confirm: string): PartitionStatus | null {
    if (confirm !== organizationId) {
      const message = `is "${confirm}": to drop organization ${organizationId} for ever, it must be its id`;
      throw new InvalidMessage('drop a partition', [{ path: 'confirm', message }]);
    }
    const { store, turns, forget } = this.#options;
    const dropped = store.drop(organizationId);
    if (dropped === undefined) return null;
    this.#dropped.set(organizationId, dropped.position);
    forget(organizationId);
    return { ...dropped, waiting: turns.waiting(organizationId) };
  }

  /** Up to which position nothing may be projected of the organization any more; 0 where it was never dropped. */
  droppedUpTo(organizationId: OrganizationId): number {
    return this.#dropped.get(organizationId) ?? 0;
  }

  /** @throws PortFailure `POSITION_UNKNOWN` for a position from before the organization was dropped. */
  requireNotDropped({ organizationId, atLeast }: ReadContext, since = 0): void {
    const dropped = this.#dropped.get(organizationId);
    if (dropped === undefined) return;
    const [oldest, known] = [since === 0 ? Infinity : since, atLeast?.position ?? Infinity];
    if (Math.min(oldest, known) > dropped) return;
    throw new PortFailure('POSITION_UNKNOWN', 'the organization was dropped since: read again without the position');
  }

  clear(): void {
    this.#dropped.clear();
  }
}
