import type { Graph } from '../graph.ts';

/**
 * Three times the number of triangles over the number of paths of two edges; 0 where there are none. Each triangle is
 * found once, from its node of least degree (M. Latapy: Main-memory triangle computations, 2008): O(m sqrt m).
 */
export function transitivity(graph: Graph): number {
  const { nodeCount, offsets, neighbors } = graph;
  const markedBy = new Int32Array(nodeCount).fill(-1);
  let triangles = 0;
  let paths = 0;
  for (let node = 0; node < nodeCount; node++) {
    const degree = offsets[node + 1] - offsets[node];
    paths += (degree * (degree - 1)) / 2;
    for (let i = offsets[node]; i < offsets[node + 1]; i++) {
      if (isBelow(offsets, node, neighbors[i])) markedBy[neighbors[i]] = node;
    }
    for (let i = offsets[node]; i < offsets[node + 1]; i++) {
      const neighbor = neighbors[i];
      if (markedBy[neighbor] !== node) continue;
      for (let j = offsets[neighbor]; j < offsets[neighbor + 1]; j++) {
        const third = neighbors[j];
        if (markedBy[third] === node && isBelow(offsets, neighbor, third)) triangles++;
      }
    }
  }
  return paths === 0 ? 0 : (3 * triangles) / paths;
}

/** The order of nodes by degree, then by number. */
function isBelow(offsets: Uint32Array, a: number, b: number): boolean {
  const difference = offsets[a + 1] - offsets[a] - (offsets[b + 1] - offsets[b]);
  return difference < 0 || (difference === 0 && a < b);
}
