import fc from 'fast-check';
import { complete } from '../graph/generators/index.ts';
import { type Graph, graphFromEdges } from '../graph/index.ts';
import { AGGREGATES, type HostConfiguration, type MemoryKind, SCHEDULES } from './index.ts';
import { deriveKey, sequence } from './random.ts';

export const MEMORIES: readonly MemoryKind[] = ['none', 'plain', 'complex'];

export const BASE: HostConfiguration = {
  graph: complete(3),
  graphWords: [11, 22],
  seed: 42,
  aggregate: 'minimum',
  schedule: 'ascending',
  start: { kind: 'random' },
  redraw: 'graph',
  tolerance: 0.01,
  weights: null,
  memory: 'none',
  priorPartnerFactor: 0.5,
};

/** Weights of a third of which are 0, at some nodes all. */
export function randomWeights(graph: Graph, seed: number): Float64Array {
  const random = sequence(deriveKey([seed]));
  const weights = Float64Array.from(graph.neighbors, () => (random() < 0.3 ? 0 : random()));
  for (let node = 0; node < graph.nodeCount; node++) {
    if (random() < 0.1) weights.fill(0, graph.offsets[node], graph.offsets[node + 1]);
  }
  return weights;
}

const graphs = fc
  .tuple(
    fc.integer({ min: 1, max: 14 }),
    fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 40 }),
  )
  .map(([nodeCount, pairs]) => {
    const edges = pairs.filter(([a, b]) => a < nodeCount && b < nodeCount);
    const ends = (end: 0 | 1) => Uint32Array.from(edges, (edge) => edge[end]);
    return graphFromEdges(nodeCount, ends(0), ends(1));
  });

/** Configurations of any kind, on small graphs; some of their nodes have no neighbors. */
export const configurations: fc.Arbitrary<HostConfiguration> = fc
  .record({
    graph: graphs,
    graphWords: fc.array(fc.nat(), { maxLength: 4 }),
    seed: fc.maxSafeNat(),
    aggregate: fc.constantFrom(...AGGREGATES),
    schedule: fc.constantFrom(...SCHEDULES),
    start: fc.constantFrom<HostConfiguration['start']>(
      { kind: 'random' },
      { kind: 'numbers' },
      { kind: 'source', source: 'random' },
      { kind: 'source', source: 'max-degree' },
    ),
    redraw: fc.constantFrom('graph' as const, 'run' as const),
    tolerance: fc.constantFrom(0.3, 0.01),
    memory: fc.constantFrom(...MEMORIES),
    priorPartnerFactor: fc.constantFrom(0, 0.1, 0.5, 1),
    weighted: fc.boolean(),
  })
  .map(({ weighted, ...rest }) => ({
    ...rest,
    weights: weighted ? randomWeights(rest.graph, rest.seed) : null,
  }));
