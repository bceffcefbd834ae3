/**
 * Adds source's dependency on every node v to sums[v]: the sum over all targets of the share of shortest paths from
 * source to target that pass through v (U. Brandes: A faster algorithm for betweenness centrality, J. Math. Sociology
 * 25, 2001). Where the paths are more than a double can count, all sums become NaN.
 */
export type AddDependencies = (source: number, sums: Float64Array) => void;

/** Brandes' accumulation over a graph's offsets and neighbors; its working arrays serve all sources. */
export function createBrandes(offsets: Uint32Array, neighbors: Uint32Array): AddDependencies {
  const nodeCount = offsets.length - 1;
  const order = new Uint32Array(nodeCount);
  const depth = new Int32Array(nodeCount).fill(-1);
  const paths = new Float64Array(nodeCount);
  const dependency = new Float64Array(nodeCount);

  return (source, sums) => {
    let reached = 0;
    order[reached++] = source;
    depth[source] = 0;
    paths[source] = 1;
    for (let head = 0; head < reached; head++) {
      const node = order[head];
      const next = depth[node] + 1;
      const count = paths[node];
      for (let i = offsets[node], end = offsets[node + 1]; i < end; i++) {
        const neighbor = neighbors[i];
        if (depth[neighbor] === next) {
          paths[neighbor] += count;
        } else if (depth[neighbor] < 0) {
          depth[neighbor] = next;
          paths[neighbor] = count;
          order[reached++] = neighbor;
        }
      }
    }
    for (let tail = reached - 1; tail > 0; tail--) {
      const node = order[tail];
      const previous = depth[node] - 1;
      if (paths[node] === Infinity) sums.fill(Number.NaN);
      sums[node] += dependency[node];
      const share = (1 + dependency[node]) / paths[node];
      for (let i = offsets[node], end = offsets[node + 1]; i < end; i++) {
        const neighbor = neighbors[i];
        if (depth[neighbor] === previous) dependency[neighbor] += paths[neighbor] * share;
      }
    }
    for (let head = 0; head < reached; head++) {
      depth[order[head]] = -1;
      dependency[order[head]] = 0;
    }
  };
}
