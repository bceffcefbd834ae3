import type { Strategy } from '../strategy.ts';

/** Favors the neighbors through which the value leaves the node's community. */
export default {
  summary: "a neighbor weighs more the fewer of its own neighbors are in the node's community",
  parameters: {},
  measures: ['communityProbability'],
  weigh(view, _parameters, out) {
    const { communityProbability } = view.measures;
    for (let k = 0; k < view.degree; k++) out[k] = 1 / communityProbability[k];
  },
} satisfies Strategy;
