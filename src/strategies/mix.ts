import type { Measure, ParameterSchema, Strategy } from './strategy.ts';

const weightingParamA = {
  type: 'number',
  description: 'share of the community weights; the rest is the measure, alone at 0',
  default: 0.5,
  minimum: 0,
  maximum: 1,
} satisfies ParameterSchema;

/**
 * A strategy that weighs neighbor j with a * base(j) + (1 - a) * measure(j), a being `weightingParamA` and both
 * normalized: divided by their sum over the node's neighbors, left alone where the sum is 0.
 *
 * @param summary one line for people
 */
export function mix(summary: string, base: Strategy, measure: Measure): Strategy {
  return {
    summary,
    parameters: { ...base.parameters, weightingParamA },
    measures: [...base.measures, measure],
    weigh(view, parameters, out) {
      base.weigh(view, parameters, out);
      const { degree } = view;
      const shares = view.measures[measure];
      const a = parameters.weightingParamA as number;
      const baseSum = sum(out, degree) || 1;
      const measureSum = sum(shares, degree) || 1;
      for (let k = 0; k < degree; k++) {
        out[k] = a * (out[k] / baseSum) + (1 - a) * (shares[k] / measureSum);
      }
    },
  };
}

function sum(values: Float64Array, count: number): number {
  let total = 0;
  for (let k = 0; k < count; k++) total += values[k];
  return total;
}
