import { inputError } from '../errors.ts';
import type { Graph } from './graph.ts';

/** A graph, and what was dropped to make it one without self-loops and double edges. */
export interface BuiltGraph {
  readonly graph: Graph;
  /** Edges that joined a node with itself. */
  readonly loops: number;
  /** Edges that were there before, in either direction. */
  readonly doubles: number;
}

/** Rows up to this length are sorted by insertion: a call of the built-in sort costs more. */
const shortRow = 32;

/** The graph of nodes 0..nodeCount-1 with the edges sources[i]–targets[i]; loops and doubles are dropped. */
export function graphFromEdges(
  nodeCount: number,
  sources: Uint32Array,
  targets: Uint32Array,
): Graph {
  return buildFromEdges(nodeCount, sources, targets).graph;
}

/**
 * The same, and how much was dropped. Beside its arguments it holds the graph's own arrays only (8 bytes an edge and
 * 4 a node), and a second copy of the neighbors for a moment where there were doubles. Throws where an edge names a
 * node that is not below nodeCount.
 */
export function buildFromEdges(
  nodeCount: number,
  sources: Uint32Array,
  targets: Uint32Array,
): BuiltGraph {
  const offsets = new Uint32Array(nodeCount + 1);
  const loops = countDegrees(offsets, nodeCount, sources, targets);
  const kept = sources.length - loops;
  if (2 * kept > 0xffffffff) throw inputError(`${kept} edges are too many: the most is 2147483647`);

  for (let node = 0; node < nodeCount; node++) offsets[node + 1] += offsets[node];
  const neighbors = new Uint32Array(2 * kept);
  // Filled from the end of each row, so that offsets[i + 1], lowered one by one, ends at row i's start.
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    const target = targets[i];
    if (source === target) continue;
    neighbors[--offsets[source + 1]] = target;
    neighbors[--offsets[target + 1]] = source;
  }
  offsets.copyWithin(0, 1);
  offsets[nodeCount] = neighbors.length;

  const length = sortRows(offsets, neighbors, nodeCount);
  const doubles = (neighbors.length - length) / 2;
  return {
    graph: {
      nodeCount,
      edgeCount: length / 2,
      offsets,
      neighbors: doubles === 0 ? neighbors : neighbors.slice(0, length),
      numbers: null,
      labels: null,
    },
    loops,
    doubles,
  };
}

/** Adds node i's degree to offsets[i + 1]; the answer is the number of loops. */
function countDegrees(
  offsets: Uint32Array,
  nodeCount: number,
  sources: Uint32Array,
  targets: Uint32Array,
): number {
  if (sources.length !== targets.length) throw inputError('an edge has a source and a target each');
  let loops = 0;
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i];
    const target = targets[i];
    if (source >= nodeCount || target >= nodeCount) {
      throw inputError(`edge ${source}–${target} names a node beyond the last, ${nodeCount - 1}`);
    }
    if (source === target) loops++;
    else {
      offsets[source + 1]++;
      offsets[target + 1]++;
    }
  }
  return loops;
}

/** Sorts every row, drops its doubles and closes the gaps in place; the answer is the length that is left. */
function sortRows(offsets: Uint32Array, neighbors: Uint32Array, nodeCount: number): number {
  let length = 0;
  let start = 0;
  for (let node = 0; node < nodeCount; node++) {
    const end = offsets[node + 1];
    if (end - start > shortRow) neighbors.subarray(start, end).sort();
    else insertionSort(neighbors, start, end);

    offsets[node] = length;
    for (let i = start; i < end; i++) {
      const neighbor = neighbors[i];
      if (length === offsets[node] || neighbors[length - 1] !== neighbor) {
        neighbors[length++] = neighbor;
      }
    }
    start = end;
  }
  offsets[nodeCount] = length;
  return length;
}

function insertionSort(array: Uint32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const value = array[i];
    let at = i;
    for (; at > start && array[at - 1] > value; at--) array[at] = array[at - 1];
    array[at] = value;
  }
}
