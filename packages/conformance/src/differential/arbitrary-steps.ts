// Random steps: small numbers and few words, so that filters find something and commands meet.

import fc from 'fast-check';
import { paymentStatuses } from '@paystrata/domain';
import { beginning, methods, SLOTS, type CommandStep, type SearchStep, type Step } from './steps.ts';

const slot = fc.nat(SLOTS - 1);
const amount = fc.constantFrom(1n, 2n, 30n, 100n, 2n ** 53n + 1n, 0n);
const positive = fc.constantFrom(10n, 100n, 2n ** 53n + 1n);
const currency = fc.constantFrom('EUR', 'USD', 'JPY');
const description = fc.constantFrom('cloud rent', 'Cloudy power', 'rent', 'power of two', 'r2');
const customer = fc.constantFrom('Ada', 'Adam', 'Bo');
const metadata = fc.dictionary(fc.constantFrom('team', 'floor'), fc.constantFrom('red', 'blue', '2'), {
  maxKeys: 2,
  noNullPrototype: true,
});
const word = fc.constantFrom('r', 'rent', 'cloud', 'cloud rent', 'rent clo', 'ada', 'two p', 'nothing', '2');
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });
/** One in five: several filters at once would mostly find nothing. */
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

const creation: fc.Arbitrary<CommandStep> = fc.record({
  kind: fc.constantFrom('create' as const, 'create' as const, 'import' as const),
  ...{ slot, amount: fc.oneof({ weight: 9, arbitrary: positive }, { weight: 1, arbitrary: amount }), currency },
  ...{ description: orNull(description), customer: orNull(customer), metadata, age: fc.nat(4) },
});

const update: fc.Arbitrary<CommandStep> = fc.record({
  kind: fc.constant('update' as const),
  slot,
  amount: orNull(amount),
  description: fc.option(orNull(description), { nil: undefined }),
  metadata: fc.option(
    fc.dictionary(fc.constantFrom('team', 'floor'), orNull(fc.constantFrom('red', '2')), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    {
      nil: undefined,
    },
  ),
});

const charge: fc.Arbitrary<CommandStep> = fc.record({
  kind: fc.constant('process' as const),
  slot,
  method: fc.constantFrom(...methods),
  stated: rarely(amount),
});

const command: fc.Arbitrary<CommandStep> = fc.oneof(
  { weight: 4, arbitrary: creation },
  { weight: 2, arbitrary: update },
  { weight: 5, arbitrary: charge },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('refund' as const), slot, amount: orNull(amount) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      slot,
      outcome: fc.constantFrom('completed' as const, 'failed' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'delete' as const, 'erase' as const), slot }),
  },
);

const search: fc.Arbitrary<SearchStep> = fc.record({
  kind: fc.constant('search' as const),
  statuses: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom(...paymentStatuses), { maxLength: 3 })),
  currency: rarely(currency),
  ...{ minAmount: fc.constant(null), maxAmount: fc.constant(null), text: orNull(word), customer: rarely(customer) },
  metadata: fc.constantFrom<Readonly<Record<string, string>>>({}, {}, {}, { team: 'red' }, { team: 'blue' }),
  by: fc.constantFrom('created' as const, 'amount' as const, 'status' as const),
  descending: fc.boolean(),
  limit: fc.integer({ min: 1, max: 3 }),
});

/** With an amount, a search names one currency. */
const searchByAmount = fc
  .record({ step: search, currency, minAmount: orNull(amount), maxAmount: orNull(amount) })
  .map(({ step, ...filter }): SearchStep => ({ ...step, ...filter }));

const days = orNull(fc.nat(5));

/** One step of a run. */
export const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.integer({ min: 1, max: beginning.length }).map((payments): Step => ({ kind: 'begin', payments })),
  },
  { weight: 20, arbitrary: command.map((step): Step => ({ kind: 'command', command: step })) },
  { weight: 1, arbitrary: command.map((step): Step => ({ kind: 'stale', command: step })) },
  {
    weight: 1,
    arbitrary: fc.array(command, { minLength: 1, maxLength: 5 }).map((commands): Step => ({ kind: 'bulk', commands })),
  },
  { weight: 2, arbitrary: fc.nat(6).map((back): Step => ({ kind: 'repeat', back })) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'lookup' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
  { weight: 6, arbitrary: fc.oneof(search, searchByAmount) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('a', 'ad', 'R', 'cl', 'po', 'x').map((prefix): Step => ({ kind: 'suggest', prefix })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('statistics' as const), from: days, to: days }) },
);
