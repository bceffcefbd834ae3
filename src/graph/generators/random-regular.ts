import { inputError } from '../../errors.ts';
import type { Graph } from '../graph.ts';
import { requireNodeCount } from './node-count.ts';

/**
 * A random simple graph in which every node has the same degree: stubs are matched at random, then each loop and
 * double edge is switched with a random edge (B. D. McKay, N. C. Wormald: Uniform generation of random regular graphs
 * of moderate degree, J. Algorithms 11, 1990; here without the rejections that make it exactly uniform). With degree
 * 3 or more it is connected with high probability. Above half of all nodes, the complement of a sparser one.
 * Takes about 8 bytes an edge end while it works and returns 4 of them.
 *
 * @param draw gives numbers in [0, 1).
 * @throws GossipError where degree is not an integer below nodeCount or nodeCount * degree is odd or above 2^32 - 1.
 */
export function randomRegular(nodeCount: number, degree: number, draw: () => number): Graph {
  requireNodeCount(nodeCount, 1);
  const stubs = nodeCount * degree;
  if (!Number.isInteger(degree) || degree < 0 || degree >= nodeCount || stubs % 2 !== 0) {
    throw inputError(
      `no graph of ${nodeCount} nodes has degree ${degree} everywhere: the degree is an integer from 0 to ` +
        `${nodeCount - 1}, and nodes * degree is even`,
    );
  }
  if (stubs >= 2 ** 32) throw inputError(`${stubs / 2} edges are too many: at most ${2 ** 31 - 1}`);
  const neighbors =
    degree > nodeCount / 2
      ? complement(nodeCount, nodeCount - 1 - degree, draw)
      : simpleRows(nodeCount, degree, draw);
  const offsets = new Uint32Array(nodeCount + 1);
  for (let node = 0; node <= nodeCount; node++) offsets[node] = node * degree;
  return { nodeCount, edgeCount: stubs / 2, offsets, neighbors, numbers: null, labels: null };
}

/** The neighbors of all nodes, `degree` a node, ascending. */
function simpleRows(nodeCount: number, degree: number, draw: () => number): Uint32Array {
  for (;;) {
    const rows = matchedRows(nodeCount, degree, draw);
    if (repaired(rows, nodeCount, degree, draw)) return rows;
  }
}

function matchedRows(nodeCount: number, degree: number, draw: () => number): Uint32Array {
  const ends = shuffledStubs(nodeCount, degree, draw);
  const filled = new Uint32Array(nodeCount);
  const rows = new Uint32Array(ends.length);
  for (let i = 0; i < ends.length; i += 2) {
    const a = ends[i];
    const b = ends[i + 1];
    rows[a * degree + filled[a]++] = b;
    rows[b * degree + filled[b]++] = a;
  }
  // Rows are symmetric: writing each node into its neighbors' rows, in ascending order, sorts them.
  filled.fill(0);
  for (let node = 0; node < nodeCount; node++) {
    for (let i = node * degree; i < (node + 1) * degree; i++) {
      const neighbor = rows[i];
      ends[neighbor * degree + filled[neighbor]++] = node;
    }
  }
  return ends;
}

function shuffledStubs(nodeCount: number, degree: number, draw: () => number): Uint32Array {
  const ends = new Uint32Array(nodeCount * degree);
  for (let node = 0; node < nodeCount; node++) ends.fill(node, node * degree, (node + 1) * degree);
  for (let i = ends.length - 1; i > 0; i--) {
    const j = Math.floor(draw() * (i + 1));
    const end = ends[i];
    ends[i] = ends[j];
    ends[j] = end;
  }
  return ends;
}

/**
 * Switches (u, v), a loop or a surplus edge, and a random edge (x, y) into (u, x) and (v, y), one after the other.
 * False where no edge would do, which happens only in tiny graphs.
 */
function repaired(rows: Uint32Array, nodeCount: number, degree: number, draw: () => number) {
  const row = (node: number) => rows.subarray(node * degree, (node + 1) * degree);
  const replace = (node: number, old: number, by: number) => {
    const neighbors = row(node);
    neighbors[neighbors.indexOf(old)] = by;
  };
  for (const [u, v] of surplusEdges(rows, nodeCount, degree)) {
    let attempts = 1000;
    // An earlier switch may have taken this edge already: then it stands only once.
    while (row(u).indexOf(v) !== row(u).lastIndexOf(v)) {
      if (attempts-- === 0) return false;
      const slot = Math.floor(draw() * rows.length);
      const x = Math.floor(slot / degree);
      const y = rows[slot];
      if (x === y || x === u || x === v || y === u || y === v) continue;
      if (row(u).includes(x) || row(v).includes(y)) continue;
      replace(u, v, x);
      replace(v, u, y);
      replace(x, y, u);
      replace(y, x, v);
      for (const node of [u, v, x, y]) row(node).sort();
      break;
    }
  }
  return true;
}

function surplusEdges(rows: Uint32Array, nodeCount: number, degree: number): [number, number][] {
  const surplus: [number, number][] = [];
  for (let node = 0; node < nodeCount; node++) {
    const end = (node + 1) * degree;
    for (let i = node * degree, times = 0; i < end; i++) {
      times = i > node * degree && rows[i] === rows[i - 1] ? times + 1 : 1;
      // A loop stands twice in its node's row.
      if (rows[i] === node ? times % 2 === 0 : rows[i] > node && times > 1) {
        surplus.push([node, rows[i]]);
      }
    }
  }
  return surplus;
}

function complement(nodeCount: number, degree: number, draw: () => number): Uint32Array {
  const absent = simpleRows(nodeCount, degree, draw);
  const rows = new Uint32Array(nodeCount * (nodeCount - 1 - degree));
  let slot = 0;
  for (let node = 0; node < nodeCount; node++) {
    let next = node * degree;
    const end = next + degree;
    for (let other = 0; other < nodeCount; other++) {
      if (next < end && absent[next] === other) next++;
      else if (other !== node) rows[slot++] = other;
    }
  }
  return rows;
}
