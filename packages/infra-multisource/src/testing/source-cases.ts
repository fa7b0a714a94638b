// For tests: what every source must do with documents, whatever it is made of; held against a map.

import assert from 'node:assert/strict';
import { compareCodePoints, type PaymentDocument, type PaymentKey } from '@paystrata/application';
import { acme, known, other } from '@paystrata/conformance/random-payments';
import {
  instantOf,
  money,
  parseCurrency,
  parsePaymentId,
  parseSubjectId,
  type OrganizationId,
} from '@paystrata/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sourceDocument } from '../ports/document-text.ts';
import type { PaymentSource, SourceDocument } from '../ports/source.ts';

export const epoch = 'epoch-of-tests';
const TIMEOUT_MS = 180_000;
const euro = known(parseCurrency('EUR'));

export const keyOf = (number: number): PaymentKey => ({
  organizationId: number % 4 === 0 ? other : acme,
  paymentId: known(parsePaymentId(`01980000-0000-7000-8000-${String(number).padStart(12, '0')}`)),
});

/** A payment as it is after its event at the position; `bare`: without personal data. */
export function documentAt(number: number, position: number, bare = false): SourceDocument {
  const { organizationId, paymentId: id } = keyOf(number);
  const at = instantOf(1_760_000_000_000 + position);
  const personal = bare
    ? { customer: null, description: null, metadata: {} }
    : { customer: { name: `Ada ${number}`, email: null }, description: `at ${position}`, metadata: {} };
  const document: PaymentDocument = {
    position,
    payment: {
      ...{ id, organizationId, personal, personalErased: bare, status: position % 5 === 0 ? 'deleted' : 'pending' },
      ...{ amount: money(BigInt(position), euro), captured: 0n, refunded: 0n, reference: null, userId: null },
      ...{ workflowId: null, resourceIds: [], subject: known(parseSubjectId(`customer-${number}`)), attempts: [] },
      ...{ refunds: [], failure: null, imported: false, version: position, size: 10, createdAt: at, updatedAt: at },
      ...{ processedAt: null, failedAt: null, refundedAt: null },
    },
  };
  return sourceDocument(document);
}

export async function found(source: PaymentSource, { organizationId, paymentId }: PaymentKey) {
  const get = known(source.queries.get);
  const query = { type: 'GetPayment', paymentId, asOf: null } as const;
  return get(query, { organizationId, epoch, atLeast: 0 });
}

type Step =
  | { readonly kind: 'apply'; readonly changed: readonly number[]; readonly again: boolean }
  | { readonly kind: 'old'; readonly number: number; readonly back: number }
  | { readonly kind: 'erase'; readonly number: number }
  | { readonly kind: 'remove'; readonly number: number }
  | { readonly kind: 'clear' };

const number = fc.integer({ min: 1, max: 12 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('apply' as const),
        changed: fc.uniqueArray(number, { maxLength: 5 }),
        again: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('old' as const), number, back: fc.integer({ min: 0, max: 9 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), number }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), number }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
  ),
  { minLength: 1, maxLength: 15 },
);

/** A log that goes on, what the source must hold of it, and the source itself. */
class Played {
  readonly expected = new Map<number, SourceDocument>();
  readonly #source: PaymentSource;
  #position = 0;

  constructor(source: PaymentSource) {
    this.#source = source;
  }

  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'apply':
        return this.#apply(step.changed, step.again);
      case 'old': {
        // A process that was thought dead brings what it read long ago.
        const position = Math.max(1, this.#position - step.back);
        const document = documentAt(step.number, position);
        const known = this.expected.get(step.number);
        if (known === undefined) return;
        await this.#source.apply({ from: 0, to: position, documents: [document], events: [] });
        if (document.revision >= known.revision) this.expected.set(step.number, document);
        return;
      }
      case 'erase': {
        const before = this.expected.get(step.number);
        if (before === undefined) return;
        const erased = documentAt(step.number, before.document.position, true);
        this.#position += 1;
        await this.#source.apply({
          from: this.#position - 1,
          to: this.#position,
          documents: [erased],
          events: [],
        });
        this.expected.set(step.number, erased);
        return;
      }
      case 'remove':
        await this.#source.remove([keyOf(step.number)]);
        this.expected.delete(step.number);
        return;
      case 'clear':
        await this.#source.clear();
        this.expected.clear();
        assert.equal(await this.#source.held(), 0);
        await this.#source.apply({ from: 0, to: this.#position, documents: [], events: [] });
    }
  }

  async #apply(changed: readonly number[], again: boolean): Promise<void> {
    const from = this.#position;
    const documents = changed.map((each, index) => documentAt(each, from + 1 + index));
    const to = from + Math.max(1, changed.length);
    const batch = { from, to, documents, events: [] };
    assert.equal(await this.#source.apply(batch), to);
    if (again) assert.equal(await this.#source.apply(batch), to);
    this.#position = to;
    changed.forEach((each, index) => this.expected.set(each, known(documents[index])));
  }

  async assertHeld(): Promise<void> {
    const source = this.#source;
    assert.equal(await source.held(), this.#position);
    for (const organizationId of [acme, other]) {
      const documents = this.#of(organizationId);
      const range = { organizationId, from: null, to: null };
      const entries = documents.map(({ paymentId, revision, fingerprint }) => ({ paymentId, revision, fingerprint }));
      assert.deepEqual(await source.entries(range, 100), entries);
      const sum = documents.reduce((all, { fingerprint }) => all + fingerprint, 0);
      assert.deepEqual(await source.digest(range), { count: documents.length, sum });
    }
    for (const [each, { document }] of this.expected) {
      assert.deepEqual((await found(source, keyOf(each)))?.answer, document);
    }
  }

  #of(organizationId: OrganizationId): readonly SourceDocument[] {
    return [...this.expected.values()]
      .filter((each) => each.organizationId === organizationId)
      .sort((a, b) => compareCodePoints(a.paymentId, b.paymentId));
  }
}

/** Declares the tests. `runs`: of the property. */
export function declareSourceCases(source: () => PaymentSource, runs: number): void {
  it(
    'keeps the highest revision of each payment, whatever comes again or late',
    async () => {
      const property = fc.asyncProperty(steps, async (list) => {
        await source().clear();
        const played = new Played(source());
        for (const step of list) await played.play(step);
        await played.assertHeld();
      });
      await fc.assert(property, { numRuns: runs });
    },
    TIMEOUT_MS,
  );

  it('keeps the highest of several revisions that come at once', async () => {
    await source().clear();
    const documents = [documentAt(1, 4), documentAt(1, 6), documentAt(1, 5), documentAt(3, 3)];
    await source().apply({ from: 0, to: 6, documents, events: [] });
    expect((await found(source(), keyOf(1)))?.answer?.position).toBe(6);
    await source().put([documentAt(1, 8), documentAt(1, 7)], 8);
    expect((await found(source(), keyOf(1)))?.answer?.position).toBe(8);
    expect(await source().entries({ organizationId: acme, from: null, to: null }, 10)).toHaveLength(2);
  });

  it('does not move where it holds less than the batch begins at, and never back', async () => {
    await source().clear();
    const empty = { documents: [], events: [] };
    expect(await source().apply({ from: 0, to: 5, ...empty })).toBe(5);
    expect(await source().apply({ from: 7, to: 9, ...empty })).toBe(5);
    expect(await source().apply({ from: 0, to: 3, ...empty })).toBe(5);
    expect(await source().apply({ from: 3, to: 8, ...empty })).toBe(8);
  });

  it('takes a lower revision of what was removed', async () => {
    await source().clear();
    await source().apply({ from: 0, to: 9, documents: [documentAt(1, 9)], events: [] });
    await source().remove([keyOf(1), keyOf(2)]);
    const range = { organizationId: acme, from: null, to: null };
    expect(await source().entries(range, 10)).toEqual([]);
    await source().put([documentAt(1, 4)], 9);
    expect((await found(source(), keyOf(1)))?.answer?.position).toBe(4);
  });

  it('tells its organizations and pages through ids', async () => {
    await source().clear();
    const numbers = [9, 3, 4, 5, 8, 1];
    await source().apply({ from: 0, to: 9, documents: numbers.map((each) => documentAt(each, each)), events: [] });
    expect([...(await source().organizations())].sort()).toEqual([acme, other]);
    const idsIn = async (from: number | null, to: number | null, limit: number) => {
      const range = {
        organizationId: acme,
        from: from === null ? null : keyOf(from).paymentId,
        to: to === null ? null : keyOf(to).paymentId,
      };
      return (await source().entries(range, limit)).map(({ paymentId }) => Number(paymentId.slice(-3)));
    };
    expect(await idsIn(null, null, 2)).toEqual([1, 3]);
    expect(await idsIn(3, 9, 10)).toEqual([3, 5]);
    expect(await idsIn(5, null, 10)).toEqual([5, 9]);
  });
}
