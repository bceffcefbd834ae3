export { type BootstrapOptions, ratioInterval } from './bootstrap.ts';
export { addTo, countIn, createHistogram, type Histogram, quantileOf } from './histogram.ts';
export { normalQuantile } from './normal.ts';
export { studentProbability, studentQuantile } from './student.ts';
export {
  FEWEST_FOR_INTERVAL,
  type Interval,
  mean,
  meanInterval,
  median,
  quantile,
  standardDeviation,
} from './summary.ts';
