// Reading stored events: old ones are brought into today's shape, newer and damaged ones are refused by name.
import { paymentEventTypes } from '@paystrata/domain';
import { describe, expect, it } from 'vitest';
import { PortFailure } from '../ports/failures.ts';
import { decodeEvent, openStoredEvent, readStoredEvent } from './stored-event.ts';
import { encodeEvent } from './stored-event-encoding.ts';
import { sampleEvent } from './testing/sample-events.ts';
import type { StoredJson, Upcasters } from './upcasters.ts';

const stored = encodeEvent(sampleEvent('PaymentCreated'));

function changed(change: (json: Record<string, unknown>) => void): string {
  const json = JSON.parse(stored) as Record<string, unknown>;
  change(json);
  return JSON.stringify(json);
}

function refusal(text: string): PortFailure {
  try {
    decodeEvent(text, 12);
  } catch (error) {
    if (error instanceof PortFailure) return error;
    throw error;
  }
  throw new Error(`was read: ${text}`);
}

describe('an event of the past', () => {
  const upcasters: Upcasters = {
    PaymentCancelled: { 0: (event) => ({ ...event, data: { reason: why(event) } }) },
  };

  function why(event: StoredJson): unknown {
    const { data } = event;
    return typeof data === 'object' && data !== null && 'why' in data ? data.why : null;
  }

  it('is brought into the newest shape, one version after the other', () => {
    const old = { ...sampleEvent('PaymentCancelled'), schemaVersion: 0, data: { why: 'ordered twice' } };
    const event = openStoredEvent(readStoredEvent(JSON.stringify(old), 4), undefined, upcasters);
    expect(event).toEqual({ ...sampleEvent('PaymentCancelled'), position: 4 });
  });

  it('is refused where a step is missing', () => {
    const old = JSON.stringify({ ...sampleEvent('PaymentDeleted'), schemaVersion: 0 });
    expect(() => openStoredEvent(readStoredEvent(old, 4), undefined, upcasters)).toThrow(
      expect.objectContaining({
        code: 'STORE_DAMAGED',
        message: expect.stringContaining('no upcaster for PaymentDeleted 0') as string,
      }),
    );
  });
});

describe('an event of a newer release', () => {
  it.each([
    ['a newer version', changed((json) => (json['schemaVersion'] = 99)), 'PaymentCreated version 99'],
    ['a type that is not known yet', changed((json) => (json['type'] = 'PaymentDisputed')), 'the type PaymentDisputed'],
  ])('is refused: %s', (_, text, said) => {
    const failure = refusal(text);
    expect(failure.code).toBe('EVENT_TOO_NEW');
    expect(failure.message).toContain(said);
  });

  it('is read without the optional fields that this release does not know', () => {
    const text = changed((json) => {
      json['later'] = 1;
      Object.assign(json['data'] as object, { muchLater: { a: 1 } });
    });
    expect(decodeEvent(text, 1)).toEqual({ ...sampleEvent('PaymentCreated'), position: 1 });
  });
});

describe('a damaged event', () => {
  it.each<[string, string, string]>([
    ['nothing', '', 'not JSON'],
    ['half a line', stored.slice(0, 100), 'not JSON'],
    ['an array', '[]', 'not a JSON object'],
    ['no type', changed((json) => delete json['type']), 'no type of ours'],
    ['a garbled type', changed((json) => (json['type'] = 'Paym\u0000nt')), 'no type of ours'],
    ['no schema version', changed((json) => delete json['schemaVersion']), 'schemaVersion'],
    ['no data', changed((json) => delete json['data']), 'data:'],
    ['a fractional version', changed((json) => (json['version'] = 1.5)), 'version: is not a whole number'],
    ['an amount that is a number', damagedData('amount', { amount: 12, currency: 'EUR' }), 'data.amount.amount'],
    ['an amount that is no number', damagedData('amount', { amount: '1e3', currency: 'EUR' }), 'data.amount.amount'],
    ['a currency that never was', damagedData('amount', { amount: '1', currency: 'XXX' }), 'data.amount.currency'],
    ['a time that never was', changed((json) => (json['at'] = 9e15)), 'at: is not an instant'],
    ['a metadata value that is no text', changed((json) => (json['metadata'] = { a: 1 })), 'metadata.a'],
    ['personal data of another form', damagedData('personal', { customer: 'Zoë' }), 'data.personal'],
    ['sealed data and no key', damagedData('personal', 'p1.k.n.c'), 'sealed'],
    ['the data of another payment', damagedData('organizationId', 'other'), 'of another payment'],
  ])('is refused: %s', (_, text, said) => {
    const failure = refusal(text);
    expect(failure.code).toBe('STORE_DAMAGED');
    expect(failure.message).toContain(said);
    expect(failure.details).toEqual({ position: 12 });
  });

  it('is named with its stream, its version and its position', () => {
    expect(refusal(changed((json) => delete json['data'])).message).toMatch(
      /^event 3 of payment acme\/0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b \(position 12\) is damaged: /,
    );
  });

  it.each(paymentEventTypes)('%s is never read with a field missing', (type) => {
    const json = JSON.parse(encodeEvent(sampleEvent(type))) as Record<string, unknown>;
    for (const key of Object.keys(json)) {
      const { [key]: _, ...rest } = json;
      expect(refusal(JSON.stringify(rest)).code, key).toBe('STORE_DAMAGED');
    }
    const data = json['data'] as Record<string, unknown>;
    for (const key of Object.keys(data)) {
      const { [key]: _, ...rest } = data;
      expect(refusal(JSON.stringify({ ...json, data: rest })).code, `data.${key}`).toBe('STORE_DAMAGED');
    }
  });

  function damagedData(field: string, value: unknown): string {
    return changed((json) => Object.assign(json['data'] as object, { [field]: value }));
  }
});
