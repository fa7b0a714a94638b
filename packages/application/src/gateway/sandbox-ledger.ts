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

/** Maps that share the keys: one for all would be copied as a whole when it grows, and take 2^24 of them at most. */
const MAPS = 1024;

/** Forgets when the process ends. Entries come in the order of their recording. */
export function createMemoryLedger(): SandboxLedger {
  const entries: SandboxEntry[] = [];
  const maps: (Map<GatewayKey, SandboxEntry> | undefined)[] = [];
  const mapOf = (key: GatewayKey) => (maps[placeOf(key)] ??= new Map<GatewayKey, SandboxEntry>());
  return {
    record(entry) {
      const map = mapOf(entry.gatewayKey);
      const known = map.get(entry.gatewayKey);
      if (known !== undefined) return known;
      map.set(entry.gatewayKey, entry);
      entries.push(entry);
      return entry;
    },
    find: (gatewayKey) => mapOf(gatewayKey).get(gatewayKey) ?? null,
    entries: () => Promise.resolve([...entries]),
  };
}

/** By the last digits of the payment's id, which are random. */
function placeOf(key: GatewayKey): number {
  let place = 0;
  for (let at = Math.max(0, key.length - 8); at < key.length; at += 1) place = (place * 31 + key.charCodeAt(at)) % MAPS;
  return place;
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
