import { readFile } from 'node:fs/promises';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { stringify } from 'yaml';
import type { ExampleSchema } from '../../gen/gossip/v1/simulation_pb.ts';
import { ownFile } from '../../own-files.ts';
import type { NamedBytes } from '../../runner/index.ts';

interface Example {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly nodes: number;
  readonly edges: number;
  readonly repetitions: number;
  readonly source: number | 'max-degree';
  readonly algorithms: readonly string[];
}

/** Each a file of the name in examples/; all simulations on one begin alike, so that they can be compared. */
const EXAMPLES: readonly Example[] = [
  {
    name: 'karate',
    title: "Zachary's karate club",
    summary:
      'Who met whom outside of the club, before it split in two (Zachary 1977). A value is everywhere after a handful of rounds: does it help to remember whom one has told?',
    nodes: 34,
    edges: 78,
    repetitions: 100,
    source: 16,
    algorithms: ['default', 'default_complex_memory'],
  },
  {
    name: 'gnutella',
    title: 'Gnutella',
    summary:
      'A published sample of the peer-to-peer network of August 2002: long chains of hosts with few neighbors. Memory saves a quarter of the rounds.',
    nodes: 1000,
    edges: 1170,
    repetitions: 30,
    source: 'max-degree',
    algorithms: ['default', 'default_complex_memory', 'eigenvector_weighted'],
  },
  {
    name: 'holme-kim',
    title: 'Holme-Kim graph',
    summary:
      'A published graph of hubs and triangles. Nodes that prefer neighbors on many shortest paths are done in a fourth of the rounds.',
    nodes: 1000,
    edges: 1145,
    repetitions: 30,
    source: 'max-degree',
    algorithms: ['default', 'default_complex_memory', 'betweenness_weighted'],
  },
];

/** What GetServer offers to play without a file. */
export function examples(): MessageInitShape<typeof ExampleSchema>[] {
  return EXAMPLES.map(({ name, title, summary, nodes, edges, ...example }) => ({
    name,
    title,
    summary,
    nodes,
    edges,
    simulations: example.algorithms.map((algorithm) => ({
      name: `${name}-${algorithm.replaceAll('_', '-')}.yaml`,
      content: new TextEncoder().encode(simulation(name, algorithm, example)),
    })),
  }));
}

/** The file of an example's graph; null: there is no such example. */
export async function exampleFile(name: string): Promise<NamedBytes | null> {
  if (!EXAMPLES.some((example) => example.name === name)) return null;
  const file = `examples/${name}.yaml`;
  return { name: file, content: await readFile(ownFile(file)) };
}

function simulation(
  graph: string,
  algorithm: string,
  { repetitions, source }: Pick<Example, 'repetitions' | 'source'>,
): string {
  return stringify({
    apiVersion: 'gossip.io/v1',
    kind: 'Simulation',
    metadata: { name: `${graph}-${algorithm.replaceAll('_', '-')}` },
    spec: {
      graphSelector: { matchLabels: { name: graph } },
      algorithm,
      ...(algorithm.includes('weighted') && { weightingParamA: [0] }),
      repetitions,
      start: 'source',
      source,
      seed: 1,
    },
  });
}
