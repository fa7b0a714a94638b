// Which payments wait for the gateway, in the order of organization and id.

import { compareCodePoints, type PaymentKey } from '@paystrata/application';
import type { OrganizationId, Payment, PaymentId } from '@paystrata/domain';
import { ShardedMap } from './sharded-map.ts';

export class Awaiting {
  /** Ids by themselves: there may be more of them than a `Set` takes. */
  readonly #ids = new Map<OrganizationId, ShardedMap<PaymentId>>();

  /** Keeps or forgets the payment, by what it is now. */
  update({ organizationId, id, attempts, refunds }: Payment): void {
    if (attempts.some(isPending) || refunds.some(isPending)) {
      const ids = this.#ids.get(organizationId) ?? new ShardedMap<PaymentId>();
      if (ids.size === 0) this.#ids.set(organizationId, ids);
      ids.set(id, id);
    } else this.remove({ organizationId, paymentId: id });
  }

  remove({ organizationId, paymentId }: PaymentKey): void {
    const ids = this.#ids.get(organizationId);
    if (ids === undefined) return;
    ids.delete(paymentId);
    if (ids.size === 0) this.#ids.delete(organizationId);
  }

  /** At most `limit` keys after the given one; sorts those of the organizations that it needs. */
  after(key: PaymentKey | null, limit: number): readonly PaymentKey[] {
    const found: PaymentKey[] = [];
    const organizations = [...this.#ids.keys()].filter(
      (organizationId) => key === null || compareCodePoints(organizationId, key.organizationId) >= 0,
    );
    for (const organizationId of organizations.sort(compareCodePoints)) {
      if (found.length >= limit) break;
      const isFirst = organizationId === key?.organizationId;
      const ids = [...(this.#ids.get(organizationId)?.values() ?? [])].filter((id) => !isFirst || id > key.paymentId);
      for (const paymentId of ids.sort().slice(0, limit - found.length)) found.push({ organizationId, paymentId });
    }
    return found;
  }
}

/** The same as having due effects. */
function isPending({ status }: { readonly status: string }): boolean {
  return status === 'pending';
}
