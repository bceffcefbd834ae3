import { inputError } from '../../errors.ts';
import { graphFromEdges } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { requireNodeCount } from './node-count.ts';

/**
 * G(n, p): every pair of nodes is an edge with the given probability, independently. Takes time in proportion to the
 * edges: it draws how many pairs to skip until the next edge (V. Batagelj, U. Brandes: Efficient generation of large
 * random networks, Phys. Rev. E 71, 2005).
 *
 * @param draw gives numbers in [0, 1).
 * @throws GossipError where nodeCount is not a positive integer or the probability is not in [0, 1].
 */
export function erdosRenyi(nodeCount: number, probability: number, draw: () => number): Graph {
  requireNodeCount(nodeCount, 1);
  if (!(probability >= 0 && probability <= 1)) {
    throw inputError(`an edge's probability is from 0 to 1, not ${probability}`);
  }
  const pairs = (nodeCount * (nodeCount - 1)) / 2;
  let sources = new Uint32Array(Math.ceil(pairs * probability * 1.05) + 16);
  let targets = new Uint32Array(sources.length);
  let edges = 0;
  const logOfNoEdge = Math.log1p(-probability);
  let source = 1;
  let target = -1;
  while (probability > 0) {
    target += 1 + (probability < 1 ? Math.floor(Math.log1p(-draw()) / logOfNoEdge) : 0);
    while (target >= source && source < nodeCount) {
      target -= source;
      source++;
    }
    if (source >= nodeCount) break;
    if (edges === sources.length) {
      sources = grown(sources);
      targets = grown(targets);
    }
    sources[edges] = source;
    targets[edges] = target;
    edges++;
  }
  return graphFromEdges(nodeCount, sources.subarray(0, edges), targets.subarray(0, edges));
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
