// node .ci/measures.ts OUT.json FILE...: our measures of every Graph resource in the files, for measures.py to check.
import { writeFileSync } from 'node:fs';
import { type Graph, type GraphSource, numberOf } from '../src/graph/index.ts';
import { betweenness, eigenvector, hubScore, measureGraph } from '../src/graph/measures/index.ts';
import { deriveKey, sequence } from '../src/host/random.ts';
import { readResources } from '../src/runner/index.ts';

const [out, ...files] = process.argv.slice(2);
const results: Record<string, unknown> = {};
for (const source of (await readResources(files)).graphs) results[source.name] = await dump(source);
writeFileSync(out, JSON.stringify(results));

async function dump({ graph, properties }: GraphSource) {
  const leading = eigenvector(graph);
  return {
    edges: edgesOf(graph),
    betweenness: byNumber(graph, (await betweenness(graph)).scores),
    eigenvector: byNumber(graph, leading.scores),
    hubScore: byNumber(graph, hubScore(graph, leading).scores),
    properties: await measureGraph(graph, { draw: sequence(deriveKey([1])) }),
    published: properties,
  };
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
