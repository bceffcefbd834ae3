import type { Graph } from '../graph.ts';
import { isLarge } from './betweenness-sum.ts';
import { createBrandes } from './brandes.ts';

/** About how many seconds exact betweenness will take here, measured on a few sources spread over the graph. */
export function estimateBetweennessSeconds(graph: Graph, jobs: number): number {
  const { nodeCount } = graph;
  if (nodeCount < 3) return 0;
  const addDependencies = createBrandes(graph.offsets, graph.neighbors);
  const sums = new Float64Array(nodeCount);
  // The engine compiles the loops while they run first: the first source is not counted, unless it was long.
  let seconds = secondsOf(() => addDependencies(0, sums));
  if (seconds < 1) {
    const probes = Math.min(nodeCount, 8);
    const start = performance.now();
    let played = 0;
    while (played < probes && (played < 2 || performance.now() - start < 1000)) {
      addDependencies(Math.floor(((played + 0.5) * nodeCount) / probes), sums);
      played++;
    }
    seconds = (performance.now() - start) / 1000 / played;
  }
  const threads = isLarge(graph, nodeCount) ? Math.max(1, jobs) : 1;
  return (seconds * nodeCount) / threads;
}

function secondsOf(play: () => void): number {
  const start = performance.now();
  play();
  return (performance.now() - start) / 1000;
}
