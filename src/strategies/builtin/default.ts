import type { Strategy } from '../strategy.ts';

/** Every neighbor alike: the baseline that the others are compared with. */
export default {
  summary: 'every neighbor with the same probability',
  parameters: {},
  measures: [],
  weigh(view, _parameters, out) {
    out.fill(1, 0, view.degree);
  },
} satisfies Strategy;
