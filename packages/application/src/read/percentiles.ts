// Percentiles by the nearest-rank method: always a value that occurred, never one in between.

/**
 * The smallest value that at least `percent` of all values do not exceed.
 *
 * @param sorted ascending.
 * @param percent a whole number from 1 to 100.
 * @returns null where there is no value.
 */
export function nearestRank(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? null;
}
