import { gatewayKeyOf, attemptIdOf } from '@paystrata/domain';
import { expect, it } from 'vitest';
import { paymentIdFor } from '../ids/payment-id.ts';
import { createUuidV7Ids } from '../ids/uuid-v7.ts';
import { systemClock } from '../ports/clock.ts';
import { acme, currencyOf } from '../read/testing/sample-payment.ts';
import { createMemoryLedger, type SandboxEntry } from './sandbox-ledger.ts';

it('keeps the first entry of each key, in the order of their recording', async () => {
  const ids = createUuidV7Ids(systemClock);
  const ledger = createMemoryLedger();
  const entries = Array.from({ length: 3000 }, (_, number): SandboxEntry => {
    const gatewayKey = gatewayKeyOf(paymentIdFor(acme, null, ids), attemptIdOf(1));
    const moved = BigInt(number);
    return {
      ...{ gatewayKey, organizationId: acme, kind: 'charge', currency: currencyOf('EUR'), moved },
      ...{ method: 'test_approve', answer: { outcome: 'unknown' } },
    };
  });
  for (const entry of entries) {
    expect(await ledger.find(entry.gatewayKey)).toBeNull();
    expect(await ledger.record(entry)).toBe(entry);
    expect(await ledger.record({ ...entry, moved: -1n })).toBe(entry);
  }
  for (const entry of entries) expect(await ledger.find(entry.gatewayKey)).toBe(entry);
  expect(await ledger.entries()).toEqual(entries);
});
