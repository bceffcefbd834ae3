/** What two nodes do with their values when they exchange them. */
export type Aggregate = 'minimum' | 'maximum' | 'mean';

/** All aggregates, the default first. */
export const AGGREGATES: readonly Aggregate[] = ['minimum', 'maximum', 'mean'];

/** The value that all nodes have in the end: the least, the greatest, or the mean of the start values. */
export function finalValue(aggregate: Aggregate, start: Float64Array): number {
  let result = aggregate === 'minimum' ? Infinity : aggregate === 'maximum' ? -Infinity : 0;
  for (const value of start) {
    if (aggregate === 'minimum') result = Math.min(result, value);
    else if (aggregate === 'maximum') result = Math.max(result, value);
    else result += value;
  }
  return aggregate === 'mean' ? result / start.length : result;
}

/** max - min of the values. */
export function spread(values: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}
