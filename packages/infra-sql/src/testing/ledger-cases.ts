// What holds for the sandbox's ledger in any database: the first entry of a key stands, for all and after a restart.

import { createSandboxGateway, type SandboxEntry, type SandboxLedger } from '@paystrata/application';
import { money, parseCurrency, parseGatewayKey } from '@paystrata/domain';
import { afterEach, expect, it } from 'vitest';
import { acme, known } from './entries.ts';

interface OpenLedger extends SandboxLedger {
  stop(): Promise<void>;
}

const eur = known(parseCurrency('EUR'));

function entry(key: string, changes: Partial<SandboxEntry> = {}): SandboxEntry {
  const amount = money(500n, eur);
  return {
    gatewayKey: known(parseGatewayKey(key)),
    organizationId: acme,
    kind: 'charge',
    currency: eur,
    moved: 500n,
    method: 'test_approve',
    answer: { outcome: 'approved', amount, gatewayReference: `sandbox_${key}` },
    ...changes,
  };
}

/** @param create a ledger in the database of the case, as another process would have it */
export function ledgerCases(create: () => OpenLedger): void {
  const ledgers: OpenLedger[] = [];
  const open = () => {
    const ledger = create();
    ledgers.push(ledger);
    return ledger;
  };

  afterEach(async () => {
    for (const ledger of ledgers.splice(0)) await ledger.stop();
  });

  it('keeps the first entry of a key, whoever else comes', async () => {
    const [one, two] = [open(), open()];
    const first = entry('k');
    expect(await one.record(first)).toEqual(first);
    const failure = { code: 'card_declined', declineCode: null, retryable: true } as const;
    const second = entry('k', { moved: 0n, answer: { outcome: 'declined', failure } });
    expect(await two.record(second)).toEqual(first);
    expect(await two.record({ ...second, gatewayKey: entry('l').gatewayKey })).toMatchObject({ answer: { failure } });
    expect(await one.entries()).toHaveLength(2);
  });

  it('answers after a restart what it was told before', async () => {
    const before = open();
    const entries = [entry('a', { moved: 9_007_199_254_740_993n }), entry('b', { answer: { outcome: 'unknown' } })];
    for (const each of entries) await before.record(each);
    await before.stop();
    const after = open();
    expect(await after.entries()).toEqual(entries);
    expect(await after.find(entry('a').gatewayKey)).toEqual(entries[0]);
    expect(await after.find(entry('c').gatewayKey)).toBeNull();
  });

  it('serves the sandbox gateway', async () => {
    const gateway = createSandboxGateway(open());
    const { gatewayKey } = entry('charge');
    const call = { organizationId: acme, gatewayKey, amount: money(500n, eur), signal: new AbortController().signal };
    const approved = { outcome: 'approved', amount: money(500n, eur) };
    expect(await gateway.charge({ ...call, method: 'test_timeout_then_approve' })).toEqual({ outcome: 'unknown' });
    expect(await createSandboxGateway(open()).lookup(call)).toMatchObject(approved);
  });
}
