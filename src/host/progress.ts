import { type Aggregate, finalValue, spread } from './aggregate.ts';
import type { HostConfiguration } from './host.ts';
import { deriveKey, Purpose, seedWords } from './random.ts';
import { startValues } from './start.ts';

/** How a run stands. */
export interface Progress {
  readonly converged: boolean;
  /** Nodes that hold the final value; for mean, nodes within the tolerance of it. */
  readonly holding: number;
}

/** How a run begins, and what it ends with. */
export interface Beginning {
  /** By node. */
  readonly values: Float64Array;
  /** What all nodes hold in the end. */
  readonly final: number;
  /** For mean: what max - min may be in the end. */
  readonly allowed: number;
}

/** The beginning of a repetition (from 1), wherever its nodes are. */
export function beginningOf(configuration: HostConfiguration, repetition: number): Beginning {
  const { graph, start, aggregate, seed, graphWords, redraw, tolerance } = configuration;
  const purpose = start.kind === 'source' ? Purpose.source : Purpose.start;
  const draw = redraw === 'run' ? [repetition] : [];
  const key = deriveKey([purpose, ...seedWords(seed), ...graphWords, ...draw]);
  const values = startValues(graph, start, aggregate, key);
  return { values, final: finalValue(aggregate, values), allowed: tolerance * spread(values) };
}

/** How a run stands whose nodes hold these values. */
export function progressOf(
  aggregate: Aggregate,
  values: Float64Array,
  { final, allowed }: Beginning,
): Progress {
  if (aggregate === 'mean') return progressOfMean(values, final, allowed);
  const holding = countHolding(values, final);
  return { converged: holding === values.length, holding };
}

/** How many nodes hold exactly the final value. */
export function countHolding(values: Float64Array, final: number): number {
  let holding = 0;
  for (const value of values) if (value === final) holding++;
  return holding;
}

function progressOfMean(values: Float64Array, final: number, allowed: number): Progress {
  let low = Infinity;
  let high = -Infinity;
  let holding = 0;
  for (let node = 0; node < values.length; node++) {
    const value = values[node];
    if (value < low) low = value;
    if (value > high) high = value;
    if (Math.abs(value - final) <= allowed) holding++;
  }
  // The mean lies between the values, but `final` may have been rounded to a number outside.
  const converged = high - low <= allowed;
  return { converged, holding: converged ? values.length : holding };
}
