import type { Strategy } from '../../src/strategies/index.ts';

/** Prefers neighbors that few others talk to. Whoever initiates reaches them; they seldom are picked by chance. */
export default {
  summary: 'a neighbor weighs 1 / (its number of neighbors ^ power)',
  parameters: {
    power: {
      type: 'number',
      description: 'how strongly a low degree is preferred; 0 not at all',
      default: 1,
      minimum: 0,
      maximum: 10,
    },
  },
  measures: ['degree'],
  weigh(view, parameters, out) {
    const { degree } = view.measures;
    const power = parameters.power as number;
    for (let k = 0; k < view.degree; k++) out[k] = degree[k] ** -power;
  },
} satisfies Strategy;
