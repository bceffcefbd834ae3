import { deriveKey, sequence } from '../host/random.ts';
import { MEASURES, type Measure } from './strategy.ts';

/** A node to try strategies on; each array has as many entries as the node has neighbors. */
export interface ExampleNode {
  readonly name: string;
  readonly degree: number;
  readonly measures: Readonly<Record<Measure, Float64Array>>;
}

/** What is known of one neighbor of a node in community 0, within the ranges that Measure states. */
type Neighbor = Record<Measure, number>;

/** Nodes with random neighbors, then with extreme ones; the same at every call. */
export function exampleNodes(): ExampleNode[] {
  const random = sequence(deriveKey([1]));
  return [
    ...[1, 2, 3, 17, 300].map((degree) =>
      node(`${degree} random neighbor${degree === 1 ? '' : 's'}`, degree, () => neighbor(random)),
    ),
    node("17 neighbors, all in the node's community", 17, () =>
      neighbor(random, { community: 0, sameCommunity: 1 }),
    ),
    node('17 neighbors, all in one other community', 17, () =>
      neighbor(random, { community: 3, sameCommunity: 0 }),
    ),
    node('3 neighbors whose measures are 0, or as low as they can be', 3, () => ({
      degree: 1,
      sameCommunity: 0,
      community: 1,
      communityProbability: 1,
      betweenness: 0,
      eigenvector: 0,
      hubScore: 0,
    })),
    node('3 neighbors with 10,000,000 neighbors each', 3, (k) => ({
      degree: 1e7,
      sameCommunity: k === 0 ? 1 : 0,
      community: k * 50_000,
      communityProbability: 1e-7,
      betweenness: 1,
      eigenvector: 1,
      hubScore: 1,
    })),
  ];
}

function node(name: string, degree: number, make: (k: number) => Neighbor): ExampleNode {
  const neighbors = Array.from({ length: degree }, (_, k) => make(k));
  const columns = MEASURES.map((measure) => [
    measure,
    Float64Array.from(neighbors, (one) => one[measure]),
  ]);
  return { name, degree, measures: Object.fromEntries(columns) };
}

/** Some measures are rounded to 4 decimals, as published ones are, so that a few of them are 0. */
function neighbor(random: () => number, fixed: Partial<Neighbor> = {}): Neighbor {
  const community = Math.floor(random() * 4);
  const degree = 1 + Math.floor(1 / (random() + 0.001));
  return {
    degree,
    community,
    sameCommunity: community === 0 ? 1 : 0,
    communityProbability: (1 + Math.floor(random() * degree)) / degree,
    betweenness: rounded(random() ** 8),
    eigenvector: random(),
    hubScore: rounded(random() / 1000),
    ...fixed,
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
