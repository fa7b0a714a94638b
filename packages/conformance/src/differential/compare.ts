// Asks the strategy what the reference model knows, and compares.

import assert from 'node:assert/strict';
import type { PaymentFilter } from '@paystrata/application';
import { instantOf, type Payment, type PaymentId } from '@paystrata/domain';
import { currencyOf } from '../world/parsed.ts';
import { find, history, search, type Asked } from '../world/reading.ts';
import { countedBy, foundBy, pictureOf, suggestedBy } from './reference-answers.ts';
import type { ReferenceModel } from './reference-model.ts';
import type { Run } from './run.ts';
import type { SearchStep } from './steps.ts';

/** One payment and its history. */
export async function comparePayment(id: PaymentId, model: ReferenceModel, run: Run): Promise<void> {
  const expected = model.payments.get(id);
  const found = await find(run.world, id);
  assert.deepEqual(found === null ? null : shown(found.payment), expected === undefined ? null : pictureOf(expected));
  const types = (await history(run.world, id)).map(({ type }) => type);
  assert.deepEqual(types, expected?.events ?? [], 'the history');
  assert.equal(found?.payment.createdAt ?? null, expected === undefined ? null : run.createdAt(expected.age));
}

/** What is asked after every step: all totals, and all payments in order. */
export async function compareAnswers(model: ReferenceModel, run: Run): Promise<void> {
  await compareCounts(null, null, model, run);
  await compareSearch(everything, model, run);
}

const everything: SearchStep = {
  ...{ kind: 'search', statuses: [], currency: null, minAmount: null, maxAmount: null, text: null, customer: null },
  ...{ metadata: {}, by: 'amount', descending: true, limit: 100 },
};

export async function compareSearch(step: SearchStep, model: ReferenceModel, run: Run): Promise<void> {
  const expected = foundBy(model.payments.values(), step);
  const found: string[] = [];
  for (let cursor: string | null = null; ;) {
    const page = await search(run.world, { ...askedBy(step), cursor });
    found.push(...page.payments.map(({ payment }) => payment.id));
    assert.deepEqual(page.total, { value: expected.length, capped: false }, 'the count of a search');
    if (page.next === null) break;
    cursor = page.next;
  }
  assert.deepEqual(found, expected, 'a search');
}

export async function compareSuggestions(prefix: string, model: ReferenceModel, run: Run): Promise<void> {
  const query = { type: 'SuggestPayments', prefix, field: null, limit: 10 } as const;
  const found = await run.world.strategy.read.suggestions(query, await run.world.reading());
  const texts = found.map(({ count, field, text }) => `${count} ${field} ${text}`);
  assert.deepEqual(texts, suggestedBy(model.payments.values(), prefix), 'suggestions');
}

export async function compareCounts(
  from: number | null,
  to: number | null,
  model: ReferenceModel,
  run: Run,
): Promise<void> {
  const instant = (age: number | null) => (age === null ? null : instantOf(run.createdAt(age)));
  const query = { type: 'PaymentStatistics', range: { from: instant(from), to: instant(to) }, of: 'created' } as const;
  const counted = await run.world.strategy.read.statistics(query, await run.world.reading());
  assert.deepEqual(counted, countedBy(model.payments.values(), from, to), 'statistics');
}

function askedBy(step: SearchStep): Asked {
  const { statuses, currency, minAmount, maxAmount, text, customer, metadata, by, descending, limit } = step;
  const currencies = currency === null ? [] : [currencyOf(currency)];
  const filter: Partial<PaymentFilter> = { statuses, currencies, minAmount, maxAmount, text, customer, metadata };
  return { filter, sort: { by, descending }, limit };
}

/** A payment in what both sides can say of it; see `pictureOf`. */
function shown(payment: Payment) {
  const { id, reference, amount, status, captured, refunded, personal, personalErased: erased, failure } = payment;
  return {
    ...{ id, reference, amount: amount.amount, currency: amount.currency, status, captured },
    description: personal.description,
    customer: personal.customer?.name ?? null,
    metadata: personal.metadata,
    ...{ refunded, erased, failure: failure?.code ?? null },
    imported: payment.imported,
    version: payment.version,
    attempts: payment.attempts.map((item) => [item.id, item.amount.amount, item.status]),
    refunds: payment.refunds.map((item) => [item.id, item.amount.amount, item.status]),
  };
}
