export {
  type Betweenness,
  type BetweennessOptions,
  betweenness,
  estimateBetweennessSeconds,
  LARGE_BETWEENNESS_WORK,
} from './betweenness.ts';
export { communityProbabilities } from './community-probability.ts';
export { eigenvector } from './eigenvector.ts';
export { hubScore } from './hub-score.ts';
export { communities, modularity } from './louvain.ts';
export { type GraphMeasures, measureGraph } from './measure.ts';
export { roundTo } from './round.ts';
export type { Scores } from './scores.ts';
export { createView, type MovingView, type NodeMeasures } from './strategy-measures.ts';
export { transitivity } from './transitivity.ts';
