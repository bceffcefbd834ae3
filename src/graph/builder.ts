import { inputError } from '../errors.ts';
import { type BuiltGraph, buildFromEdges } from './csr.ts';
import { orderNumbers } from './node-numbers.ts';
import { createPairList, type PairList } from './pair-list.ts';

export { type BuiltGraph, graphFromEdges } from './csr.ts';

/** What a file calls a node. A number must be a non-negative safe integer; it is the same label as its digits. */
export type Label = string | number;

/** Collects the nodes and edges of a file, in the file's order. */
export interface GraphBuilder {
  addNode(label: Label): void;
  /** Adds the edge and those of its two nodes that are new. */
  addEdge(a: Label, b: Label): void;
  /** The graph of what was added; the builder is empty afterwards. */
  build(): BuiltGraph;
}

/** Stands for the missing second node where a node was added alone. */
const nobody = -1;

/** JavaScript's Map holds no more. */
const mostTexts = 2 ** 24 - 1;

/**
 * A builder of graphs. Where all labels are non-negative integers as people write them (no sign, no leading zero, at
 * most 2^53 - 1), they are the numbers of the nodes, ascending; these take 16 bytes an edge until `build`, so tens of
 * millions of edges are no matter. One label that is not makes all of them texts: nodes are then numbered from 0 in
 * the order in which they were first named, and there may be 16,777,215 of them.
 */
export function createGraphBuilder(): GraphBuilder {
  // Integers themselves while `texts` is null, indices of texts after.
  let pairs = createPairList();
  let texts: Map<string, number> | null = null;

  return {
    addNode(label) {
      if (texts === null) {
        const integer = integerOf(label);
        if (integer >= 0) return pairs.push(integer, nobody);
        texts = toTexts(pairs);
      }
      pairs.push(indexOf(texts, String(label)), nobody);
    },
    addEdge(a, b) {
      if (texts === null) {
        const first = integerOf(a);
        const second = integerOf(b);
        if (first >= 0 && second >= 0) return pairs.push(first, second);
        texts = toTexts(pairs);
      }
      pairs.push(indexOf(texts, String(a)), indexOf(texts, String(b)));
    },
    build() {
      const collected = pairs;
      const labels = texts === null ? null : [...texts.keys()];
      pairs = createPairList();
      texts = null;
      return labels === null ? buildIntegers(collected) : buildTexts(collected, labels);
    },
  };
}

/** The integer that a label is, or -1. */
export function integerOf(label: Label): number {
  if (typeof label === 'number') return label;
  if (!/^(0|[1-9]\d{0,15})$/.test(label)) return -1;
  const integer = Number(label);
  return integer <= Number.MAX_SAFE_INTEGER ? integer : -1;
}

function indexOf(texts: Map<string, number>, text: string): number {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size === mostTexts) {
    throw inputError(`more than ${mostTexts} nodes with text labels: use integers as labels`);
  }
  texts.set(text, texts.size);
  return texts.size - 1;
}

function toTexts(pairs: PairList): Map<string, number> {
  const texts = new Map<string, number>();
  pairs.map((id) => (id === nobody ? nobody : indexOf(texts, String(id))));
  return texts;
}

function buildIntegers(pairs: PairList): BuiltGraph {
  const { nodeCount, numbers, nodeOf } = orderNumbers(pairs);
  const built = buildFrom(pairs, nodeCount, nodeOf);
  return { ...built, graph: { ...built.graph, numbers } };
}

function buildTexts(pairs: PairList, labels: string[]): BuiltGraph {
  const built = buildFrom(pairs, labels.length, (index) => index);
  return { ...built, graph: { ...built.graph, labels } };
}

function buildFrom(pairs: PairList, nodeCount: number, nodeOf: (id: number) => number): BuiltGraph {
  const sources = new Uint32Array(pairs.length);
  const targets = new Uint32Array(pairs.length);
  let edges = 0;
  for (const chunk of pairs.drain()) {
    for (let i = 0; i < chunk.length; i += 2) {
      if (chunk[i + 1] === nobody) continue;
      sources[edges] = nodeOf(chunk[i]);
      targets[edges++] = nodeOf(chunk[i + 1]);
    }
  }
  return buildFromEdges(nodeCount, sources.subarray(0, edges), targets.subarray(0, edges));
}
