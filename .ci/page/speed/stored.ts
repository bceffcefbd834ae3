/** The runs that are looked at: stored by `gossip run`, in a folder of results. */
import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomRegular } from '../../../src/graph/generators/index.ts';
import type { Graph } from '../../../src/graph/index.ts';
import { deriveKey, sequence } from '../../../src/host/index.ts';

/** Of the lattice: 500 rows of 10,000 nodes, so that a value takes hundreds of rounds from end to end. */
const WIDTH = 20;
const NODES = 10_000;
const DEGREE = 12;

/** What each is played on, and the flags that it is played with. */
const RUNS = {
  karate: ['examples/karate.yaml'],
  thousand: ['examples/gnutella.yaml'],
  'thousand-mean': ['examples/holme-kim.yaml', '--aggregate', 'mean'],
  large: ['large.edges', '--start', 'numbers'],
  'far-minimum': ['lattice.edges', '--start', 'numbers', '--schedule', 'synchronous'],
  'far-mean': ['lattice.edges', '--start', 'random', '--aggregate', 'mean'],
};

export type RunName = keyof typeof RUNS;

/** Plays a run, which is over after 500 rounds, and gives the page's fragment that shows it. */
export function storeRun(results: string, name: RunName): string {
  const [graph, ...flags] = RUNS[name];
  const file = graph in GRAPHS ? join(results, graph) : graph;
  if (graph in GRAPHS) writeFileSync(file, GRAPHS[graph as keyof typeof GRAPHS]());
  const how = ['--seed', '1', '--repetitions', '1', '--max-rounds', '500'];
  const args = ['bin/gossip.js', 'run', file, '--name', name, '--results', results];
  execFileSync(process.execPath, [...args, ...how, ...flags], { stdio: 'pipe' });
  const folder = readdirSync(results).find((each) => each.startsWith(`${name}-default-`));
  return `#/run?simulation=${folder}`;
}

/** Edge lists that are written for it. */
const GRAPHS = {
  'large.edges': () => edgeList(randomRegular(NODES, DEGREE, sequence(deriveKey([1])))),
  'lattice.edges': lattice,
};

function edgeList({ nodeCount, offsets, neighbors }: Graph): string {
  let text = '';
  for (let node = 0; node < nodeCount; node++) {
    for (const other of neighbors.subarray(offsets[node], offsets[node + 1])) {
      if (node < other) text += `${node} ${other}\n`;
    }
  }
  return text;
}

function lattice(): string {
  let text = '';
  for (let node = 0; node < NODES; node++) {
    if ((node + 1) % WIDTH !== 0) text += `${node} ${node + 1}\n`;
    if (node + WIDTH < NODES) text += `${node} ${node + WIDTH}\n`;
  }
  return text;
}
