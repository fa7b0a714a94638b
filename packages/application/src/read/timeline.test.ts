import { describe, expect, it } from 'vitest';
import { instantOf, paymentEventTypes } from '@paystrata/domain';
import type { PendingEvent, RecordedEvent } from '../events/recorded-event.ts';
import { sampleEvent } from '../events/testing/sample-events.ts';
import { sentenceOf, timelineOf } from './timeline.ts';

const recorded = (event: PendingEvent, position = 1): RecordedEvent => Object.assign({}, event, { position });

describe('a timeline', () => {
  it('says in words what happened', () => {
    const lines = paymentEventTypes.map((type) => sentenceOf(recorded(sampleEvent(type))));
    expect(lines).toEqual([
      'Created: 129.99 EUR, reference invoice 2025/17',
      'Imported as settled outside: 9007199254740993 JPY',
      'Updated: amount 130.00 EUR, customer, metadata; pending',
      'Attempt a1 started: 130.00 EUR by test_approve',
      'Attempt a1 approved: 130.00 EUR captured',
      'Attempt a1 declined: insufficient_funds (NSF)',
      'Cancelled: ordered twice',
      'Refund r2 requested: 10.00 EUR',
      'Refund r2 approved: 10.00 EUR given back',
      'Refund r2 declined: processing_error',
      'Attempt a1 waits for a person: the gateway moved -0.01 EUR',
      'Refund r2 settled as failed: the bank says it never left',
      'Deleted',
      'Personal data erased',
    ]);
  });

  it('says what became of erased data', () => {
    const event = sampleEvent('PaymentUpdated');
    const erased = { ...event, data: { ...event.data, amount: null, reopened: false, personal: null } };
    expect(sentenceOf(recorded(erased))).toBe('Updated: personal data, erased since');
    expect(sentenceOf(recorded({ ...erased, data: { ...erased.data, personal: {} } }))).toBe(
      'Updated: nothing changed',
    );
  });

  it('tells the time since the line before, never less than none', () => {
    const times = [1000, 1500, 1400, 5000];
    const events = times.map((at) => recorded({ ...sampleEvent('PaymentDeleted'), at: instantOf(at) }));
    expect(timelineOf(events).map(({ at, gap }) => [at, gap])).toEqual([
      [1000, 0],
      [1500, 500],
      [1400, 0],
      [5000, 3600],
    ]);
    expect(timelineOf([])).toEqual([]);
  });

  it('names payment, version, actor and correlation', () => {
    const event = recorded(sampleEvent('PaymentProcessed'));
    const { at, paymentId, version, type, actor, correlationId } = event;
    expect(timelineOf([event])).toEqual([
      { at, paymentId, version, type, actor, correlationId, gap: 0, text: sentenceOf(event) },
    ]);
  });
});
