import forceAtlas2Module from 'graphology-layout-forceatlas2';
import type { Graph } from '../graph/graph.ts';
import { toGraphology } from '../graph/measures/to-graphology.ts';

// CommonJS whose types declare a default export that Node gives as the module itself.
const forceAtlas2 = forceAtlas2Module as unknown as typeof forceAtlas2Module.default;

/** Where each node lies; x goes right, y goes down, in no particular unit. */
export interface Layout {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Up to so many nodes, forces between all pairs are summed; above, those of far nodes together. */
const FEW_NODES = 1000;
/** Nodes of a spiral, each this far around from the one before, fill a disk evenly. */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * A layout by ForceAtlas2 (M. Jacomy et al.: ForceAtlas2, a continuous graph layout algorithm for handy network
 * visualization, PLoS ONE 9(6), 2014), a pure function of the graph and the communities. Nodes begin in a spiral; where
 * communities are given, each begins in one of its own, and edges within them pull harder, so that they lie apart.
 */
export function layOut(graph: Graph, communities: ArrayLike<number> | null): Layout {
  const { nodeCount } = graph;
  const of = (node: number) => communities?.[node] ?? 0;
  const start = startOf(nodeCount, of);
  const network = toGraphology(graph);
  for (let node = 0; node < nodeCount; node++) {
    network.mergeNodeAttributes(node, { x: start.x[node], y: start.y[node] });
  }
  // Borders have more edges the larger the graph is.
  const pull = communities === null ? 1 : Math.min(20, Math.max(3, Math.sqrt(nodeCount) / 1.6));
  const places = forceAtlas2(network, {
    iterations: iterationsOf(nodeCount),
    settings: {
      ...forceAtlas2.inferSettings(nodeCount),
      gravity: 1,
      strongGravityMode: false,
      barnesHutOptimize: nodeCount > FEW_NODES,
      barnesHutTheta: 1,
    },
    getEdgeWeight: (_edge, _attributes, source, target) =>
      of(Number(source)) === of(Number(target)) ? pull : 1,
  });
  const x = Float64Array.from({ length: nodeCount }, (_, node) => places[node].x);
  const y = Float64Array.from({ length: nodeCount }, (_, node) => places[node].y);
  // Pictures are wider than high.
  return extent(y) > extent(x) ? { x: y, y: x } : { x, y };
}

/** Fewer on large graphs, where one takes long: 10,000 nodes are laid out in a few seconds. */
function iterationsOf(nodeCount: number): number {
  if (nodeCount <= 300) return 300;
  return Math.round(Math.min(100, Math.max(20, 500_000 / nodeCount)));
}

/** The least and the greatest of the coordinates. */
export function bounds(coordinates: Float64Array): [least: number, greatest: number] {
  return [Math.min(...coordinates), Math.max(...coordinates)];
}

function extent(coordinates: Float64Array): number {
  const [least, greatest] = bounds(coordinates);
  return greatest - least;
}

/** A spiral a community, their centers around a circle, the room of each as large as its share of the nodes. */
function startOf(nodeCount: number, communityOf: (node: number) => number): Layout {
  const members: number[][] = [];
  for (let node = 0; node < nodeCount; node++) {
    const community = communityOf(node);
    members[community] ??= [];
    members[community].push(node);
  }
  const groups = members.filter((group) => group !== undefined);
  const radius = groups.length === 1 ? 0 : 8 * Math.sqrt(nodeCount);
  const x = new Float64Array(nodeCount);
  const y = new Float64Array(nodeCount);
  let before = 0;
  for (const group of groups.sort((a, b) => b.length - a.length)) {
    const around = ((before + group.length / 2) / nodeCount) * 2 * Math.PI;
    before += group.length;
    for (const [index, node] of group.entries()) {
      const distance = 5 * Math.sqrt(index + 0.5);
      x[node] = radius * Math.cos(around) + distance * Math.cos(index * GOLDEN_ANGLE);
      y[node] = radius * Math.sin(around) + distance * Math.sin(index * GOLDEN_ANGLE);
    }
  }
  return { x, y };
}
