// Views without an index answer what the plain functions of the application answer over the same payments.

import { statisticsOf, suggestFrom, type PaymentDocument } from '@paystrata/application';
import {
  acme,
  changes,
  nextDocument,
  statisticsQueries,
  suggestionQueries,
  type Change,
} from '@paystrata/conformance/random-payments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStatisticsView } from './statistics-view.ts';
import { createSuggestionsView } from './suggestions-view.ts';
import type { View } from './view.ts';

/** Makes the changes, and keeps what is there beside the view. */
function changed(view: View, all: readonly Change[]): readonly PaymentDocument[] {
  const documents = new Map<number, PaymentDocument>();
  for (const change of all) {
    if (change.kind === 'compact') {
      view.compact(change.steps);
      continue;
    }
    const before = documents.get(change.number);
    if (change.kind === 'remove') {
      if (before === undefined) continue;
      const { organizationId, id: paymentId } = before.payment;
      expect(view.remove({ organizationId, paymentId })).toBe(true);
      documents.delete(change.number);
      continue;
    }
    const after = afterOf(change, before);
    if (after === null) continue;
    view.apply(after);
    documents.set(change.number, after);
  }
  return [...documents.values()].filter(({ payment }) => payment.organizationId === acme);
}

function afterOf(change: Change, before: PaymentDocument | undefined): PaymentDocument | null {
  if (change.kind === 'apply') return nextDocument(change.number, change.traits, before);
  if (change.kind !== 'move' || before === undefined) return null;
  const payment = { ...before.payment, status: change.status, version: before.payment.version + 1 };
  return { payment, position: before.position + 1 };
}

describe('a view', () => {
  it('of statistics says what counting all payments says', () => {
    fc.assert(
      fc.property(changes, fc.array(statisticsQueries, { minLength: 3, maxLength: 6 }), (all, queries) => {
        const view = createStatisticsView();
        const documents = changed(view, all);
        for (const query of queries) expect(view.statistics(acme, query)).toEqual(statisticsOf(documents, query));
      }),
      { numRuns: 150 },
    );
  });

  it('of suggestions says what looking at all payments says', () => {
    fc.assert(
      fc.property(changes, fc.array(suggestionQueries, { minLength: 3, maxLength: 6 }), (all, queries) => {
        const view = createSuggestionsView();
        const documents = changed(view, all);
        for (const query of queries) expect(view.suggestions(acme, query)).toEqual(suggestFrom(documents, query));
      }),
      { numRuns: 150 },
    );
  });
});
