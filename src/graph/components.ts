import type { Graph } from './graph.ts';

/** The connected parts of a graph. */
export interface Components {
  readonly count: number;
  /** Nodes in each part, the largest first. */
  readonly sizes: readonly number[];
}

/** Finds the connected parts by breadth-first search. O(n + m). */
export function components(graph: Graph): Components {
  const { nodeCount, offsets, neighbors } = graph;
  const seen = new Uint8Array(nodeCount);
  const queue = new Uint32Array(nodeCount);
  const sizes: number[] = [];
  let length = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (seen[root] === 1) continue;
    const start = length;
    seen[root] = 1;
    queue[length++] = root;
    for (let at = start; at < length; at++) {
      const end = offsets[queue[at] + 1];
      for (let edge = offsets[queue[at]]; edge < end; edge++) {
        const neighbor = neighbors[edge];
        if (seen[neighbor] === 1) continue;
        seen[neighbor] = 1;
        queue[length++] = neighbor;
      }
    }
    sizes.push(length - start);
  }
  return { count: sizes.length, sizes: sizes.sort((a, b) => b - a) };
}
