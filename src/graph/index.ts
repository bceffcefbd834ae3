export { adjacencyLines, adjacencyText } from './adjacency-text.ts';
export {
  type BuiltGraph,
  createGraphBuilder,
  type GraphBuilder,
  graphFromEdges,
  type Label,
} from './builder.ts';
export { type Components, components } from './components.ts';
export { contentHash, sourceHash, wordsOfHash } from './content-hash.ts';
export {
  type GraphObject,
  graphFromObject,
  graphSourceObject,
  isGraphFile,
  type Locate,
  nameProblem,
  parseGraphResource,
  readGraphFile,
} from './formats/index.ts';
export { degreeOf, type Graph, numberOf } from './graph.ts';
export { reverseEdges } from './reverse.ts';
export type { GraphSource } from './source.ts';
