// Buckets of time, small ones in larger ones: any range is a few of each size, and two edges.

const HOUR = 3_600_000;

/** Hours, 24 of them, 32 × 24 of them; the level after the last is all time. In milliseconds. */
export const levelSizes = [HOUR, 24 * HOUR, 768 * HOUR] as const;
/** The level whose one bucket is all time. */
export const ALL_TIME = levelSizes.length;

interface TimeBucket {
  readonly level: number;
  readonly bucket: number;
}

/** Those that hold the instant, one of each size. */
export function bucketsHolding(instant: number): readonly TimeBucket[] {
  return [
    ...levelSizes.map((size, level) => ({ level, bucket: Math.floor(instant / size) })),
    { level: ALL_TIME, bucket: 0 },
  ];
}

/** Buckets of one size, from the first to before the last; null: without end. */
export interface BucketRange {
  readonly level: number;
  readonly first: number | null;
  readonly last: number | null;
}

/** Instants, `from` included, `to` not. */
export interface InstantRange {
  readonly from: number;
  readonly to: number;
}

/** A range taken apart: whole buckets, at most two runs of each size, and what lies outside of whole hours. */
interface TakenApart {
  readonly buckets: readonly BucketRange[];
  readonly edges: readonly InstantRange[];
}

/** Null: open. */
export function takeApart(from: number | null, to: number | null): TakenApart {
  if (from === null && to === null) return { buckets: [{ level: ALL_TIME, first: 0, last: 1 }], edges: [] };
  if (from !== null && to !== null && from >= to) return { buckets: [], edges: [] };
  return climb(0, from, to);
}

/** The edges of a level are buckets of the level below; those of hours are instants. */
function climb(level: number, from: number | null, to: number | null): TakenApart {
  const size = levelSizes[level];
  if (size === undefined) throw new RangeError(`there is no level ${level}`);
  const first = from === null ? null : Math.ceil(from / size);
  const last = to === null ? null : Math.floor(to / size);
  if (first !== null && last !== null && first >= last) {
    return from === null || to === null ? nothing : rest(level, from, to);
  }
  const below = [
    ...(from === null || first === null ? [] : [rest(level, from, first * size)]),
    ...(to === null || last === null ? [] : [rest(level, last * size, to)]),
  ];
  const above = level + 1 < levelSizes.length ? climbed(level, first, last) : whole(level, first, last);
  return together([...below, above]);
}

/** From whole buckets of a level on upwards. */
function climbed(level: number, first: number | null, last: number | null): TakenApart {
  const size = levelSizes[level] ?? HOUR;
  return climb(level + 1, first === null ? null : first * size, last === null ? null : last * size);
}

function whole(level: number, first: number | null, last: number | null): TakenApart {
  return { buckets: [{ level, first, last }], edges: [] };
}

/** What is left over of a level: buckets of the one below. */
function rest(level: number, from: number, to: number): TakenApart {
  if (from >= to) return nothing;
  const size = levelSizes[level - 1];
  return size === undefined ? { buckets: [], edges: [{ from, to }] } : whole(level - 1, from / size, to / size);
}

const nothing: TakenApart = { buckets: [], edges: [] };

function together(parts: readonly TakenApart[]): TakenApart {
  return { buckets: parts.flatMap(({ buckets }) => buckets), edges: parts.flatMap(({ edges }) => edges) };
}
