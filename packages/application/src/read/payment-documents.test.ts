import { describe, expect, it } from 'vitest';
import { evolve, instantOf, parseOrganizationId } from '@paystrata/domain';
import type { PendingEvent, RecordedEvent } from '../events/recorded-event.ts';
import { organizationId, paymentId, sampleEvent } from '../events/testing/sample-events.ts';
import { known } from '../testing/known.ts';
import { compareKeys, createPaymentDocuments } from './payment-documents.ts';
import { idOf } from './testing/sample-payment.ts';

const at = instantOf(1_760_000_000_000);
const recorded = (event: PendingEvent, version: number): RecordedEvent =>
  Object.assign({}, event, { version, position: version * 10, at });
const key = { organizationId, paymentId };
const created = recorded(sampleEvent('PaymentCreated'), 1);
const started = recorded(sampleEvent('PaymentProcessingStarted'), 2);
const processed = recorded(sampleEvent('PaymentProcessed'), 3);

describe('payments folded from a log', () => {
  it('are what the domain makes of their events', () => {
    const documents = createPaymentDocuments();
    expect(documents.get(key)).toBeNull();
    documents.apply(created);
    expect(documents.get(key)).toEqual({ payment: evolve(null, created), position: 10 });
    documents.apply(recorded(sampleEvent('PaymentCancelled'), 2));
    expect(documents.get(key)).toMatchObject({ payment: { status: 'cancelled', version: 2 }, position: 20 });
    expect([...documents.of(organizationId)]).toHaveLength(1);
    expect([...documents.of(known(parseOrganizationId('other')))]).toEqual([]);
    documents.clear();
    expect(documents.count()).toBe(0);
  });

  it('take each event once', () => {
    const documents = createPaymentDocuments();
    for (const event of [created, created, started, created, started]) documents.apply(event);
    expect(documents.get(key)?.payment).toMatchObject({ version: 2, attempts: [{ id: 'a1' }] });
  });

  it('refuse a log with something missing, or out of place', () => {
    const documents = createPaymentDocuments();
    const damaged = expect.objectContaining({ code: 'STORE_DAMAGED' }) as Error;
    expect(() => documents.apply(started)).toThrow(damaged);
    documents.apply(created);
    expect(() => documents.apply(processed)).toThrow(damaged);
    expect(() => documents.apply(recorded(sampleEvent('PaymentImported'), 2))).toThrow(damaged);
    expect(documents.get(key)?.payment.version).toBe(1);
  });

  it('forget the personal data that was erased', () => {
    const documents = createPaymentDocuments();
    documents.apply(created);
    expect(documents.get(key)?.payment.personal.customer).not.toBeNull();
    documents.apply(recorded(sampleEvent('PersonalDataErased'), 2));
    expect(documents.get(key)?.payment).toMatchObject({
      personalErased: true,
      personal: { customer: null, description: null, metadata: {} },
    });
  });

  it('wait for the gateway from the attempt to its answer, in the order of the keys', () => {
    const documents = createPaymentDocuments();
    const keys = [3, 1, 2].map((number) => ({ organizationId, paymentId: idOf(number) }));
    for (const { paymentId: id } of keys) {
      documents.apply({ ...created, paymentId: id });
      documents.apply({ ...started, paymentId: id });
    }
    const waiting = documents.awaitingGateway(null, 10);
    expect(waiting.map(({ paymentId: id }) => id)).toEqual([idOf(1), idOf(2), idOf(3)]);
    expect(documents.awaitingGateway(known(waiting[0]), 1)).toEqual([{ organizationId, paymentId: idOf(2) }]);
    documents.apply({ ...processed, paymentId: idOf(2) });
    expect(documents.awaitingGateway(null, 10).map(({ paymentId: id }) => id)).toEqual([idOf(1), idOf(3)]);
  });

  it('are in order by organization first', () => {
    const [a, b] = [known(parseOrganizationId('a')), known(parseOrganizationId('b'))];
    const keys = [
      { organizationId: b, paymentId: idOf(1) },
      { organizationId: a, paymentId: idOf(2) },
      { organizationId: a, paymentId: idOf(1) },
    ];
    expect(keys.toSorted(compareKeys)).toEqual([keys[2], keys[1], keys[0]]);
  });
});
