/**
 * How many numbers of each size there were. Bucket i counts those up to 2^(i/8) that lie in no bucket before; the last
 * one also counts what is larger. So a quantile read from it is at most 9 % too large.
 */
export type Histogram = Uint32Array;

const PER_DOUBLING = 8;
/** Up to 2^27: in microseconds, two minutes. */
const BUCKETS = 27 * PER_DOUBLING + 1;

/** A histogram of nothing yet. */
export function createHistogram(): Histogram {
  return new Uint32Array(BUCKETS);
}

/** Counts a number; what is below 1 counts as 1. */
export function countIn(histogram: Histogram, value: number): void {
  const bucket = value <= 1 ? 0 : Math.ceil(Math.log2(value) * PER_DOUBLING);
  histogram[Math.min(bucket, BUCKETS - 1)]++;
}

/** Adds the counts of another histogram, as it comes from elsewhere: one that is longer is cut off. */
export function addTo(histogram: Histogram, other: ArrayLike<number>): void {
  const length = Math.min(BUCKETS, other.length);
  for (let bucket = 0; bucket < length; bucket++) histogram[bucket] += other[bucket];
}

/** The bound under which this share (0..1) of the numbers lies; null where there are none. */
export function quantileOf(histogram: Histogram, share: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = Math.max(1, Math.ceil(share * total));
  let below = 0;
  const bucket = histogram.findIndex((count) => {
    below += count;
    return below >= wanted;
  });
  return 2 ** (bucket / PER_DOUBLING);
}
