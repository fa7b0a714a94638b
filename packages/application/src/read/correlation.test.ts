import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommandId } from '@paystrata/domain';
import type { RecordedEvent } from '../events/recorded-event.ts';
import { sampleEvent } from '../events/testing/sample-events.ts';
import { known } from '../testing/known.ts';
import { inCausalOrder } from './correlation.ts';
import { idOf } from './testing/sample-payment.ts';

interface Shape {
  readonly position: number;
  readonly payment?: number;
  readonly version?: number;
  readonly causedBy?: string;
  readonly command?: string;
}

const eventOf = ({
  position,
  payment = position,
  version = 1,
  causedBy,
  command = `c${position}`,
}: Shape): RecordedEvent => ({
  ...sampleEvent('PaymentCancelled'),
  position,
  eventId: `e${position}`,
  commandId: known(parseCommandId(command)),
  paymentId: idOf(payment),
  version,
  causationId: causedBy ?? null,
});
const order = (...shapes: readonly Shape[]) => inCausalOrder(shapes.map(eventOf)).map(({ position }) => position);

describe('the causal order', () => {
  it('is the order of positions where nothing says otherwise', () => {
    expect(order({ position: 3 }, { position: 1 }, { position: 2 })).toEqual([1, 2, 3]);
  });

  it('puts a cause before its effects, named by event or by command', () => {
    expect(order({ position: 1, causedBy: 'e3' }, { position: 2 }, { position: 3 })).toEqual([3, 1, 2]);
    expect(order({ position: 1, causedBy: 'c3' }, { position: 2, causedBy: 'e1' }, { position: 3 })).toEqual([3, 1, 2]);
  });

  it('keeps the versions of a payment in order', () => {
    expect(order({ position: 1, payment: 9, version: 2 }, { position: 2, payment: 9, version: 1 })).toEqual([2, 1]);
  });

  it('does not mind causes that are elsewhere, themselves, or in a circle', () => {
    expect(order({ position: 1, causedBy: 'gone' }, { position: 2, causedBy: 'c2' })).toEqual([1, 2]);
    const twins = [1, 2].map((position) => ({ position, command: 'c', causedBy: 'c' }));
    expect(order(...twins)).toEqual([1, 2]);
    expect(order({ position: 1, causedBy: 'e2' }, { position: 2, causedBy: 'e1' })).toEqual([2, 1]);
  });

  it('follows chains longer than the call stack is deep', () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, index) => ({
      position: index + 1,
      ...(index + 1 < length && { causedBy: `e${index + 2}` }),
    }));
    expect(order(...chain)).toEqual(chain.map(({ position }) => position).reverse());
  });

  it('loses and doubles nothing, and puts every cause first', () => {
    const anyShape = fc.record({ payment: fc.nat(3), cause: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(anyShape, { maxLength: 20 }), (shapes) => {
        // A cause always has a greater number: no circles.
        const events = shapes.map(({ cause }, index) =>
          eventOf({ position: index + 1, ...(cause > index + 1 && { causedBy: `e${cause}` }) }),
        );
        const ordered = inCausalOrder(events);
        expect(new Set(ordered)).toEqual(new Set(events));
        expect(ordered).toHaveLength(events.length);
        for (const [at, event] of ordered.entries()) {
          const cause = ordered.findIndex(({ eventId }) => eventId === event.causationId);
          expect(cause).toBeLessThan(at);
        }
      }),
    );
  });
});
