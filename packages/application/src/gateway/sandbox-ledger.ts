// What the sandbox gateway keeps of its own: money conservation is checked against it, never against our own events.

import type { Currency, GatewayAnswer, GatewayKey, OrganizationId } from '@paystrata/domain';
import type { Soon } from '../ports/soon.ts';

/** One key, once and for ever. */
export interface SandboxEntry {
  readonly gatewayKey: GatewayKey;
  readonly organizationId: OrganizationId;
  readonly kind: 'charge' | 'refund';
  readonly currency: Currency;
  /** Minor units that moved; 0 where it was declined. */
  readonly moved: bigint;
  /** The method of the charge, which also chooses how its refunds go. */
  readonly method: string;
  /** What a look-up answers. */
  readonly answer: GatewayAnswer;
}

/** Keeps the first entry of each key. */
export interface SandboxLedger {
  /** @returns the entry that is there now: an earlier one of the same key, else this one. */
  record(entry: SandboxEntry): Soon<SandboxEntry>;
  find(gatewayKey: GatewayKey): Soon<SandboxEntry | null>;
  entries(): Promise<readonly SandboxEntry[]>;
}

/** Forgets when the process ends. */
export function createMemoryLedger(): SandboxLedger {
  const byKey = new Map<GatewayKey, SandboxEntry>();
  return {
    record(entry) {
      const known = byKey.get(entry.gatewayKey);
      if (known === undefined) byKey.set(entry.gatewayKey, entry);
      return known ?? entry;
    },
    find: (gatewayKey) => byKey.get(gatewayKey) ?? null,
    entries: () => Promise.resolve([...byKey.values()]),
  };
}

/** Captured − refunded of an organization and currency, in minor units; keys are `organization/currency`. */
export function ledgerBalances(entries: readonly SandboxEntry[]): ReadonlyMap<string, bigint> {
  const balances = new Map<string, bigint>();
  for (const { organizationId, currency, kind, moved } of entries) {
    const key = `${organizationId}/${currency}`;
    balances.set(key, (balances.get(key) ?? 0n) + (kind === 'charge' ? moved : -moved));
  }
  return balances;
}
