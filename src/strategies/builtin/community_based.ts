import type { Strategy } from '../strategy.ts';

/** How many of the node's neighbors are in each community; all 0 between calls, so that a call clears only its own. */
let members = new Uint32Array(1024);

function grownTo(size: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(Math.max(size, 2 * members.length));
  grown.set(members);
  return grown;
}

/**
 * First a community among those of the neighbors, each alike, then a neighbor in it, each alike. Sirocchi and
 * Bogliolo, "Community-based gossip algorithm for distributed averaging", 2023.
 */
export default {
  summary:
    "each community among the neighbors' with the same probability, then each neighbor in it",
  parameters: {},
  measures: ['community'],
  weigh(view, _parameters, out) {
    const { community } = view.measures;
    let communities = 0;
    for (let k = 0; k < view.degree; k++) {
      const c = community[k];
      if (c >= members.length) members = grownTo(c + 1);
      if (members[c]++ === 0) communities++;
    }
    for (let k = 0; k < view.degree; k++) out[k] = 1 / (communities * members[community[k]]);
    for (let k = 0; k < view.degree; k++) members[community[k]] = 0;
  },
} satisfies Strategy;
