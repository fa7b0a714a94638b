// Runs contenders side by side: interleaved, round by round, so that a machine that drifts drifts for all of them.

import { tableOf } from './table.ts';

/** One way to do the work. */
export interface Contender {
  readonly name: string;
  /** Prepares what is not measured, fresh for each round. */
  readonly prepare: () => Promise<Round> | Round;
}

export interface Round {
  /** Does the work that is timed. @returns how many operations it was. */
  readonly run: () => Promise<number> | number;
  readonly dispose?: () => Promise<void> | void;
}

export interface Comparison {
  readonly title: string;
  readonly unit: string;
  /** Ours first; all others are what it is compared with. */
  readonly contenders: readonly [Contender, ...Contender[]];
  /** At least 5 are counted. */
  readonly rounds?: number;
}

/** Minimum, median and maximum over the rounds. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

interface Row {
  readonly name: string;
  /** Operations a second. */
  readonly rate: Spread;
  /** Our rate ÷ this rate, taken round by round; 1 for ours. */
  readonly ratio: Spread;
}

export interface ComparisonResult {
  readonly title: string;
  readonly unit: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

const WARM_UPS = 2;

/**
 * Every contender runs once a round, beginning with another one each round; the first rounds are not counted. Prints a
 * table.
 */
export async function compare({ title, unit, contenders, rounds = 7 }: Comparison): Promise<ComparisonResult> {
  const rates = contenders.map((): number[] => []);
  for (let round = -WARM_UPS; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const place = (((round + turn) % contenders.length) + contenders.length) % contenders.length;
      const contender = contenders[place];
      if (contender === undefined) throw new Error(`no contender ${place}`);
      const rate = await measure(contender);
      if (round >= 0) rates[place]?.push(rate);
    }
  }
  const ours = rates[0] ?? [];
  const rows = contenders.map(({ name }, place): Row => {
    const theirs = rates[place] ?? [];
    const ratios = theirs.map((rate, round) => (ours[round] ?? Number.NaN) / rate);
    return { name, rate: spreadOf(theirs), ratio: spreadOf(ratios) };
  });
  const result = { title, unit, rounds, rows };
  // At once: what comes later may fail.
  console.log(tableOf(result));
  return result;
}

async function measure(contender: Contender): Promise<number> {
  const round = await contender.prepare();
  globalThis.gc?.();
  const begun = performance.now();
  const operations = await round.run();
  const seconds = (performance.now() - begun) / 1000;
  await round.dispose?.();
  return operations / seconds;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (place: number) => sorted[place] ?? Number.NaN;
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { min: at(0), median, max: at(sorted.length - 1) };
}
