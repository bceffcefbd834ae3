import { inputError } from '../errors.ts';
import { type Graph, numberOf } from './graph.ts';

/**
 * A graph as the adjacency list of a Graph resource, lines joined by commas and without the last one ("0 2 6,1 3"):
 * a line a node in ascending order, its number and then those of its neighbors with higher ones, so that each edge
 * stands once. Nodes with text labels appear by number. Throws where it would be too long for a string (about 500 MB).
 */
export function adjacencyText(graph: Graph): string {
  try {
    return adjacencyLines(graph).join(',');
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw inputError(
      `a graph of ${graph.edgeCount} edges is too large to be written as an adjacency list`,
      { cause },
    );
  }
}

/** The lines of `adjacencyText`, one a node. */
export function adjacencyLines(graph: Graph): string[] {
  const { nodeCount, offsets, neighbors } = graph;
  const lines: string[] = new Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    let line = String(numberOf(graph, node));
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      if (neighbors[edge] > node) line += ` ${numberOf(graph, neighbors[edge])}`;
    }
    lines[node] = line;
  }
  return lines;
}
