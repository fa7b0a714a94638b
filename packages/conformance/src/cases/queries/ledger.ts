// A set of payments that differ in everything search can ask for, and the names by which cases speak of them.

import assert from 'node:assert/strict';
import type { PaymentFilter } from '@paystrata/application';
import type { PaymentId } from '@paystrata/domain';
import { processed } from '../../world/gateway-work.ts';
import { command, create } from '../../world/orders.ts';
import { searchIds, type Asked } from '../../world/reading.ts';
import { cancel, remove, update, type Terms } from '../../world/terms.ts';
import type { World } from '../../world/world.ts';

/** Noon of a Thursday; every payment of the set is created some days after it. */
export const day0 = Date.UTC(2026, 0, 15, 12);
export const DAY = 86_400_000;
/** When all of the set was recorded, and when it was changed afterwards. */
export const recordedAt = day0 + 30 * DAY;
export const changedAt = day0 + 40 * DAY;

const names = ['rent', 'power', 'water', 'phone', 'wages', 'fees', 'gift'] as const;
export type Name = (typeof names)[number];

const terms: Readonly<Record<Name, Terms>> = {
  rent: {
    ...{ amount: 90_000n, currency: 'EUR', reference: 'INV-2026-001', userId: 'user-1', workflowId: 'flow-1' },
    ...{ customer: { name: 'Ada Lovelace', email: 'ada@example.org' }, subject: 'customer-1' },
    ...{ description: 'Rent of January', metadata: { team: 'blue', floor: '2' }, resourceIds: ['vm-1', 'vm-2'] },
  },
  power: {
    ...{ amount: 12_000n, currency: 'EUR', reference: 'INV-2026-002', userId: 'user-2', workflowId: 'flow-1' },
    ...{ description: 'Power, Zürich office', metadata: { team: 'blue' }, resourceIds: ['vm-2'] },
  },
  water: {
    ...{ amount: 12_000n, currency: 'GBP', userId: 'user-1', workflowId: 'flow-2' },
    ...{ customer: { name: 'Grace Hopper', email: null }, subject: 'customer-2', metadata: { team: 'red' } },
  },
  phone: { amount: 4500n, currency: 'USD', description: 'Telephone January', resourceIds: ['vm-3'] },
  wages: { amount: 250_000n, currency: 'EUR', customer: { name: null, email: 'ada@example.org' } },
  fees: { amount: 1n, currency: 'GBP', reference: 'INV-2025-777', metadata: { team: 'blue', floor: '3' } },
  gift: { amount: 12_001n, currency: 'EUR', userId: 'user-2', description: 'Gift' },
};

export type Ledger = Readonly<Record<Name, PaymentId>>;

/**
 * Records the set, a payment a day; then `power` is completed, `water` failed, `phone` cancelled, `gift` deleted, and
 * `wages` changed, all at `changedAt`.
 */
export async function recordLedger(world: World): Promise<Ledger> {
  const ids: Partial<Record<Name, PaymentId>> = {};
  for (const [n, name] of names.entries()) {
    const { paymentId } = await create(world, { ...terms[name], createdAt: day0 + n * DAY, at: recordedAt });
    ids[name] = paymentId;
  }
  const { rent, power, water, phone, wages, fees, gift } = ids;
  assert.ok(rent && power && water && phone && wages && fees && gift);
  const at = changedAt;
  // The clock of the gateway's answer is the world's, later than `at`.
  await processed(world, power, 'test_approve', { at });
  await processed(world, water, 'test_decline_expired_card', { at });
  await command(world, phone, cancel(world, { at }));
  await command(world, gift, remove(world, { at }));
  await command(world, wages, update(world, { metadata: { month: '1' } }, { at }));
  return { rent, power, water, phone, wages, fees, gift };
}

/** What a search finds of the set, by name, in its order. */
export async function namesFound(world: World, ledger: Ledger, asked: Asked): Promise<readonly Name[]> {
  const found = await searchIds(world, asked);
  return found.map((id) => {
    const name = names.find((each) => ledger[each] === id);
    assert.ok(name !== undefined, `payment ${id} is not of this organization`);
    return name;
  });
}

/** Checks what a filter finds, in the order of creation. */
export async function finds(
  world: World,
  ledger: Ledger,
  filter: Partial<PaymentFilter>,
  expected: readonly Name[],
): Promise<void> {
  const sort = { by: 'created', descending: false } as const;
  const found = await namesFound(world, ledger, { filter, sort });
  assert.deepEqual(found, expected, `with the filter ${describe(filter)}`);
}

function describe(filter: Partial<PaymentFilter>): string {
  return JSON.stringify(filter, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
