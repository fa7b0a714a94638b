import { instantOf, money, parseCurrency } from '@paystrata/domain';
import { known } from '@paystrata/conformance/random-payments';
import { beforeEach, describe, expect, it } from 'vitest';
import { statusCode } from './columns.ts';
import { defaultLimits } from './limits.ts';
import { Partition, PROCESSED_TOTAL } from './partition.ts';
import { faultsOf } from './self-check.ts';
import { plainDocument } from './testing/plain-document.ts';

let partition: Partition;

beforeEach(() => {
  partition = new Partition({ ...defaultLimits, runLength: 4 });
  for (let number = 1; number <= 40; number += 1) {
    const amount = money(BigInt(number % 7), known(parseCurrency(number % 2 === 0 ? 'EUR' : 'JPY')));
    const processedAt = number % 3 === 0 ? instantOf(Date.UTC(2026, 1, number)) : null;
    partition.apply(plainDocument(number, { amount, processedAt, workflowId: `w-${number % 5}` }));
  }
  partition.apply(plainDocument(7, { version: 2, status: 'cancelled', userId: 'somebody else' }));
  partition.remove(plainDocument(8).payment.id);
});

function problems(): readonly string[] {
  return [...faultsOf(partition)].flatMap((fault) => (fault === null ? [] : [fault.problem]));
}

const row = (number: number): number => partition.table.find(plainDocument(number).payment.id);

describe('the parts of a partition', () => {
  it('say the same', () => {
    expect(problems()).toEqual([]);
  });

  const damages: readonly (readonly [problem: string, damage: () => void])[] = [
    ['the index does not find it by its id', () => partition.table.remove(row(5))],
    ['the columns of the index are not what it says', () => (partition.columns.amount[row(5)] = 999)],
    ['the index has another status of it', () => (partition.columns.status[row(5)] = statusCode('failed'))],
    ['it is not among those of its status', () => partition.statuses[statusCode('pending')]?.delete(row(5))],
    ['it is not among those of its status', () => partition.statuses[statusCode('failed')]?.add(row(5))],
    ['it is not among its currency', () => partition.currencies[1]?.add(row(5))],
    ['the order by updated lacks it', () => partition.runs.updated.runs.remove(row(5))],
    ['the order by processed should not have it', () => partition.runs.processed.runs.insert(row(5))],
    ['the index does not find it by its words', () => partition.texts.tokens.remove('bill', row(5))],
    ['the index does not find it by its workflow', () => partition.texts.workflows.remove('w-0', row(5))],
    [
      'the index does not find it by its metadata ticket',
      () => partition.texts.metadata('ticket')?.remove('T-5', row(5)),
    ],
    ['the index finds it by words that it does not have', () => partition.texts.tokens.add('refund', row(5), 40)],
    ['the index finds it by user that it does not have', () => partition.texts.users.add('user-6', row(5), 40)],
    ['customers lead to no payment', () => partition.texts.customers.add('Ada', 7, 40)],
    ['the sums of a run by amount are wrong', () => partition.runs.amount.ledger.added(0, row(5))],
    ['the sums of a run by created are wrong', () => partition.runs.created.ledger.sums?.shift(0, row(1), 1)],
    ['the totals by processed are wrong', () => partition.totals.shift(PROCESSED_TOTAL, row(5), 1)],
  ];

  it.each(damages)('do not: %s', (problem, damage) => {
    damage();
    expect(problems()).toContain(problem);
  });

  it('are looked at while payments come and go', () => {
    const found: string[] = [];
    let number = 100;
    for (const fault of faultsOf(partition)) {
      if (fault !== null) found.push(fault.problem);
      if (number >= 200) continue;
      partition.apply(plainDocument(number));
      partition.remove(plainDocument(number - 60).payment.id);
      number += 1;
    }
    expect(found).toEqual([]);
    expect(number).toBe(200);
  });
});
