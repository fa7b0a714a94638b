// What was measured as a table.

import type { ComparisonResult, Spread } from './compare.ts';

/** Markdown; the ratio says how many times as fast as that contender ours is. */
export function tableOf({ title, unit, rounds, rows }: ComparisonResult): string {
  const lines = rows.map(({ name, rate, ratio }) => {
    const [rateText, ratioText] = [show(rate, whole), show(ratio, twoDigits)];
    return `| ${name} | ${rateText} | ${ratioText} |`;
  });
  const head = [`| ${title} | ${unit}/s: median (min–max of ${rounds}) | ours ÷ this |`, '| --- | ---: | ---: |'];
  return ['', ...head, ...lines].join('\n');
}

function show({ min, median, max }: Spread, format: (value: number) => string): string {
  return `${format(median)} (${format(min)}–${format(max)})`;
}

const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const twoDigits = (value: number) => value.toFixed(2);
