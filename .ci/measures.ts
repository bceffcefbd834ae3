// node .ci/measures.ts OUT.json FILE...: our measures of every Graph resource in the files, for measures.py to check.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { graphFromEdges } from '../src/graph/builder.ts';
import { type Graph, numberOf } from '../src/graph/graph.ts';
import { betweenness, eigenvector, hubScore, measureGraph } from '../src/graph/measures/index.ts';
import { seededDraw } from '../src/statistics/seeded-draw.ts';

interface Resource {
  kind: string;
  metadata: { name: string };
  spec: { adjacencyList: string[]; graphProperties?: Record<string, string> };
}

const [out, ...files] = process.argv.slice(2);
const results: Record<string, unknown> = {};
for (const file of files) {
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const resource = document.toJS() as Resource;
    if (resource?.kind !== 'Graph') continue;
    results[resource.metadata.name] = await dump(resource);
  }
}
writeFileSync(out, JSON.stringify(results));

async function dump(resource: Resource) {
  const graph = graphOf(resource.spec.adjacencyList);
  const leading = eigenvector(graph);
  return {
    edges: edgesOf(graph),
    betweenness: byNumber(graph, (await betweenness(graph)).scores),
    eigenvector: byNumber(graph, leading.scores),
    hubScore: byNumber(graph, hubScore(graph, leading).scores),
    properties: await measureGraph(graph, { draw: seededDraw(1) }),
    published: resource.spec.graphProperties ?? {},
  };
}

function graphOf(adjacencyList: string[]): Graph {
  const lines = adjacencyList
    .join(' ')
    .split(',')
    .map((line) => line.trim().split(/\s+/).filter(Boolean).map(Number));
  const pairs = lines.flatMap(([node, ...neighbors]) => neighbors.map((other) => [node, other]));
  const numbers = [...new Set(lines.flat())].sort((a, b) => a - b);
  const nodeOf = new Map(numbers.map((number, node) => [number, node]));
  const ends = (side: 0 | 1) => Uint32Array.from(pairs, (pair) => nodeOf.get(pair[side])!);
  const graph = graphFromEdges(numbers.length, ends(0), ends(1));
  return { ...graph, numbers: Float64Array.from(numbers) };
}

function edgesOf(graph: Graph): [number, number][] {
  const edges: [number, number][] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    for (const other of graph.neighbors.subarray(graph.offsets[node], graph.offsets[node + 1])) {
      if (node < other) edges.push([numberOf(graph, node), numberOf(graph, other)]);
    }
  }
  return edges;
}

function byNumber(graph: Graph, scores: Float64Array | null) {
  if (scores === null) return null;
  return Object.fromEntries([...scores].map((score, node) => [numberOf(graph, node), score]));
}
