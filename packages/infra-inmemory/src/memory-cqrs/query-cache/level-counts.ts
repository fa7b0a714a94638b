// What a level of the cache counts.

export interface LevelCounts {
  hits: number;
  misses: number;
  /** Entries that made room for others before they were old. */
  evictions: number;
  /** Entries that were there, but older than what the organization's answers contain now. */
  staleRefusals: number;
  /** Entries that were not what was stored there: damaged, or of another version. */
  poisoned: number;
}

export function noCounts(): LevelCounts {
  return { hits: 0, misses: 0, evictions: 0, staleRefusals: 0, poisoned: 0 };
}
