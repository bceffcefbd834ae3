import type { Strategy } from '../strategy.ts';

/** A fixed factor for the neighbors on one side of the community's border. */
export default {
  summary: "neighbors inside (or outside) the node's community weigh `factor`, the others 1",
  parameters: {
    factor: {
      type: 'number',
      description: 'weight of the neighbors on the favored side; those on the other side weigh 1',
      default: 1.5,
      exclusiveMinimum: 0,
    },
    favor: {
      type: 'string',
      description: "the favored side of the border of the node's community",
      default: 'inside',
      enum: ['inside', 'outside'],
    },
  },
  measures: ['sameCommunity'],
  weigh(view, parameters, out) {
    const { sameCommunity } = view.measures;
    const factor = parameters.factor as number;
    const inside = parameters.favor === 'inside' ? factor : 1;
    const outside = parameters.favor === 'inside' ? 1 : factor;
    for (let k = 0; k < view.degree; k++) out[k] = sameCommunity[k] === 1 ? inside : outside;
  },
} satisfies Strategy;
