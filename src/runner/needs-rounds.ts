import type { GraphSizes, SimulationSizes } from './needs-sizes.ts';

/** How many rounds a run is expected to take. */
export interface RoundsEstimate {
  /** By graph, the mean over all executions. */
  readonly byGraph: readonly number[];
  /** How many runs were tried; 0: it is the model's. */
  readonly tried: number;
  /** How many of these had not ended when there was no more time for them, so that it is too low. */
  readonly unfinished: number;
}

/** Rounds that it takes until the last nodes were picked by, or picked, one that is informed. */
const LAST_NODES = 2;
/**
 * Rounds in which the number of informed nodes grows by a factor of e. On random regular graphs it is below 1, on trees
 * with hubs over 3; graphs whose spectral gap is small (paths, rings) take far more, which no count of nodes tells.
 */
const GROWTH = 2;

/**
 * The rounds that runs take where none was tried: as on graphs that are well connected, where an informed share s of the
 * nodes becomes all of them in O(log 1/s) rounds (Karp et al., Randomized Rumor Spreading, 2000), and values get as near
 * to their mean as asked for in the same order (Boyd et al., Randomized Gossip Algorithms, 2006). Rough: right within a
 * factor of 2 to 3 where a graph is no path, ring or grid.
 */
export function modelRounds({ graphs, aggregate }: SimulationSizes): RoundsEstimate {
  return { byGraph: graphs.map((graph) => modelOf(graph, aggregate)), tried: 0, unfinished: 0 };
}

/** The same for one graph. */
export function modelOf(
  { informed, nodes }: Pick<GraphSizes, 'informed' | 'nodes'>,
  aggregate: SimulationSizes['aggregate'],
): number {
  if (nodes === 1) return 1;
  const share = aggregate === 'mean' ? 1 / nodes : Math.max(informed, 1 / nodes);
  return Math.ceil(LAST_NODES + GROWTH * Math.log(1 / share));
}
