// The text that a fingerprint is made of leaves out nothing, and knows no order of keys.

import { canonicalJson, type PaymentDocument } from '@paystrata/application';
import { changes, nextDocument } from '@paystrata/conformance/random-payments';
import { instantOf, refundIdOf, type Refund } from '@paystrata/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalDocument, fingerprintOf } from './document-fingerprint.ts';

const text = fc.oneof(fc.constantFrom('"', '\\', '\ud800', '\u2028', 'Ada', ''), fc.string({ unit: 'binary' }));
const at = fc.option(fc.nat().map(instantOf));
const more = fc.record({
  customer: fc.option(fc.record({ name: fc.option(text), email: fc.option(text) })),
  description: fc.option(text),
  metadata: fc.dictionary(text, text, { maxKeys: 3 }),
  times: fc.record({ processedAt: at, failedAt: at, refundedAt: at }),
  texts: fc.record({ reference: fc.option(text), userId: fc.option(text), workflowId: fc.option(text) }),
  resourceIds: fc.array(text, { maxLength: 3 }),
  sums: fc.record({ captured: fc.bigInt({ min: 0n }), refunded: fc.bigInt({ min: 0n }) }),
  isRefunded: fc.boolean(),
});

const documents: fc.Arbitrary<readonly PaymentDocument[]> = fc.tuple(changes, more).map(([list, about]) =>
  list.flatMap((change) => {
    if (change.kind !== 'apply') return [];
    const { payment, position } = nextDocument(change.number, change.traits, undefined);
    const { times, texts, sums, resourceIds, isRefunded, ...personal } = about;
    const refunds: readonly Refund[] = isRefunded
      ? payment.attempts.map(({ method, id, ...item }) => ({ ...item, id: refundIdOf(1), reason: id + method }))
      : [];
    return [{ payment: { ...payment, ...times, ...texts, ...sums, resourceIds, personal, refunds }, position }];
  }),
);

it('is the canonical JSON of the document', () => {
  fc.assert(
    fc.property(documents, (all) => {
      for (const document of all) expect(canonicalDocument(document)).toBe(canonicalJson(document));
    }),
    { numRuns: 40 },
  );
});

it('is the same in another order of keys, and another one for another document', () => {
  fc.assert(
    fc.property(documents, (all) => {
      for (const { payment, position } of all) {
        const { id, personal, ...rest } = payment;
        const turned = { ...rest, personal, id };
        expect(fingerprintOf({ position, payment: turned })).toBe(fingerprintOf({ payment, position }));
        expect(fingerprintOf({ payment, position: position + 1 })).not.toBe(fingerprintOf({ payment, position }));
      }
    }),
    { numRuns: 10 },
  );
});
