import Graph from 'graphology';
import type { GraphPicture } from '../../gen/gossip/v1/simulation_pb.ts';
import type { DiscData } from './disc-program.ts';
import { shortName } from './short-name.ts';

/** A graph as sigma draws it: nodes and edges have their numbers as keys. */
export function sigmaGraph(
  { names, sources, targets, x, y }: GraphPicture,
  radii: Float32Array,
): Graph {
  const graph = new Graph({ type: 'undirected', allowSelfLoops: false });
  for (let node = 0; node < x.length; node++) {
    const data: DiscData & Record<string, unknown> = {
      node,
      x: x[node],
      // Sigma's goes up.
      y: -y[node],
      size: radii[node],
      label: shortName(names[node] ?? String(node)),
    };
    graph.addNode(String(node), data);
  }
  for (let edge = 0; edge < sources.length; edge++) {
    graph.addEdgeWithKey(String(edge), String(sources[edge]), String(targets[edge]));
  }
  return graph;
}
