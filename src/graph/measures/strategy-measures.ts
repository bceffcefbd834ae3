import { GossipError } from '../../errors.ts';
import type { Measure, View } from '../../strategies/strategy.ts';
import type { Graph } from '../graph.ts';
import { communityProbabilities } from './community-probability.ts';
import { roundTo } from './round.ts';

/** What was computed of a graph's nodes, each an array by node; only what the measures asked for are made of. */
export interface NodeMeasures {
  readonly communities?: Uint32Array;
  readonly betweenness?: Float64Array;
  readonly eigenvector?: Float64Array;
  readonly hubScore?: Float64Array;
  /** betweenness, eigenvector, hubScore and communityProbability are rounded to so many; null: not at all. */
  readonly decimals: number | null;
}

/** A view of one node at a time; `look` turns it to another, over the same arrays. */
export interface MovingView {
  readonly view: View;
  look(node: number): void;
}

/** Writes one measure of the node's neighbors to out[0..degree). */
type Fill = (node: number, out: Float64Array) => void;

/**
 * A view that shows these measures of the neighbors of whichever node it looks at. It takes memory for the largest
 * degree, not for all edges; only communityProbability keeps a number for each edge end.
 *
 * @throws GossipError where data lacks what a measure is made of.
 */
export function createView(
  graph: Graph,
  measures: readonly Measure[],
  data: NodeMeasures,
): MovingView {
  const { nodeCount, offsets } = graph;
  let maximumDegree = 0;
  for (let node = 0; node < nodeCount; node++) {
    maximumDegree = Math.max(maximumDegree, offsets[node + 1] - offsets[node]);
  }
  const fills = measures.map((measure) => fillOf[measure](graph, data));
  const outs = measures.map(() => new Float64Array(maximumDegree));
  const view = {
    degree: 0,
    measures: Object.fromEntries(measures.map((measure, i) => [measure, outs[i]])) as Record<
      Measure,
      Float64Array
    >,
  };
  return {
    view,
    look(node) {
      view.degree = offsets[node + 1] - offsets[node];
      for (let i = 0; i < fills.length; i++) fills[i](node, outs[i]);
    },
  };
}

const fillOf: Readonly<Record<Measure, (graph: Graph, data: NodeMeasures) => Fill>> = {
  degree: ({ offsets, neighbors }) => {
    return (node, out) => {
      for (let i = offsets[node], to = 0; i < offsets[node + 1]; i++, to++) {
        out[to] = offsets[neighbors[i] + 1] - offsets[neighbors[i]];
      }
    };
  },
  community: (graph, data) => ofNeighbors(graph, required(data, 'communities')),
  sameCommunity: ({ offsets, neighbors }, data) => {
    const communities = required(data, 'communities');
    return (node, out) => {
      for (let i = offsets[node], to = 0; i < offsets[node + 1]; i++, to++) {
        out[to] = communities[neighbors[i]] === communities[node] ? 1 : 0;
      }
    };
  },
  communityProbability: (graph, data) => {
    const { offsets } = graph;
    const shares = communityProbabilities(graph, required(data, 'communities'), data.decimals);
    return (node, out) => out.set(shares.subarray(offsets[node], offsets[node + 1]));
  },
  betweenness: (graph, data) => ofNeighbors(graph, rounded(data, 'betweenness')),
  eigenvector: (graph, data) => ofNeighbors(graph, rounded(data, 'eigenvector')),
  hubScore: (graph, data) => ofNeighbors(graph, rounded(data, 'hubScore')),
};

function ofNeighbors({ offsets, neighbors }: Graph, values: Float64Array | Uint32Array): Fill {
  return (node, out) => {
    for (let i = offsets[node], to = 0; i < offsets[node + 1]; i++, to++) {
      out[to] = values[neighbors[i]];
    }
  };
}

function rounded(data: NodeMeasures, name: 'betweenness' | 'eigenvector' | 'hubScore') {
  const values = required(data, name);
  return data.decimals === null ? values : values.map((value) => roundTo(value, data.decimals));
}

function required<Name extends keyof NodeMeasures>(data: NodeMeasures, name: Name) {
  const values = data[name];
  if (values === undefined) {
    throw new GossipError(
      'failed',
      `a strategy asks for a measure made of ${name}, which was not computed`,
    );
  }
  return values;
}
