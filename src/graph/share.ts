import type { Graph } from './graph.ts';

const shared = new WeakMap<Graph, Graph>();

/** The same graph in shared memory, so that worker threads need no copy of their own; made once a graph. */
export function shareGraph(graph: Graph): Graph {
  let copy = shared.get(graph);
  if (copy === undefined) {
    copy = {
      ...graph,
      offsets: share(graph.offsets),
      neighbors: share(graph.neighbors),
      numbers: graph.numbers === null ? null : share(graph.numbers),
    };
    shared.set(graph, copy);
  }
  return copy;
}

function share<T extends Uint32Array | Float64Array>(array: T): T {
  const copy = new (array.constructor as new (buffer: SharedArrayBuffer) => T)(
    new SharedArrayBuffer(array.byteLength),
  );
  copy.set(array as never);
  return copy;
}
