/**
 * Compares what `gossip plan` says of a simulation's time and results with what `gossip run` takes: node .ci/plan.ts. Fails
 * where the time is not right within a factor of 2. On a machine that has nothing else to do.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchGraph } from '../bench/workload.ts';
import type { Needs } from '../src/runner/index.ts';

const FACTOR = 2;
const program = fileURLToPath(new URL('../bin/gossip.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gossip-plan-'));

const gnutella = 'examples/gnutella.yaml';
const [small, medium, large] = [1000, 10_000, 100_000].map(randomGraph);
const SIMULATIONS = [
  ['examples/karate.yaml'],
  ['examples/karate.yaml', '--repetitions', '5000'],
  ['examples/karate.yaml', '--visualize', '--repetitions', '2'],
  [gnutella, '--repetitions', '1000', '--start', 'source'],
  [gnutella, '--algorithm', 'betweenness_weighted', '--repetitions', '300'],
  [medium, '--algorithm', 'default_complex_memory', '--repetitions', '100'],
  [medium, '--repetitions', '300', '--history', 'changes'],
  [large, '--repetitions', '50'],
  [large, '--algorithm', 'weighted_factor', '--favor', 'inside', '--repetitions', '30'],
  ['examples/karate.yaml', '--on', 'processes', '--repetitions', '100'],
  [gnutella, '--on', 'processes', '--nodes-per-host', '10', '--repetitions', '30'],
  [small, '--on', 'processes', '--nodes-per-host', '250', '--repetitions', '200'],
  [small, '--on', 'processes', '--processes', '4', '--repetitions', '100'],
  [small, '--on', 'processes', '--nodes-per-host', '50', '--algorithm', 'default_memory'],
  [medium, '--on', 'processes', '--nodes-per-host', '1000', '--repetitions', '20'],
];

try {
  console.log('planned   taken   ratio   bytes   simulation');
  let wrong = 0;
  for (const [index, args] of SIMULATIONS.entries()) {
    const { time, results } = planned(args);
    const place = join(folder, `results-${index}`);
    const begin = performance.now();
    gossip('run', ...args, '--results', place);
    const seconds = (performance.now() - begin) / 1000;
    const ratio = time.total / seconds;
    if (ratio > FACTOR || ratio < 1 / FACTOR) wrong++;
    const bytes = results.bytes / bytesIn(place);
    const figures = [time.total, seconds, ratio, bytes].map((figure) =>
      figure.toFixed(2).padStart(7),
    );
    console.log(`${figures.join(' ')}   ${args.join(' ').replaceAll(`${folder}/`, '')}`);
  }
  console.log(
    `${SIMULATIONS.length - wrong} of ${SIMULATIONS.length} within a factor of ${FACTOR}`,
  );
  if (wrong > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}

function planned(args: readonly string[]): Needs {
  const [needs] = JSON.parse(gossip('plan', ...args, '--format', 'json')).simulations;
  return needs;
}

function gossip(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, command, ...args, '--seed', '1'],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`gossip ${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** A random graph of degree 8 as an edge list; its file's name. */
function randomGraph(nodes: number): string {
  const { offsets, neighbors } = benchGraph(nodes);
  const lines: string[] = [];
  for (let node = 0; node < nodes; node++) {
    for (const neighbor of neighbors.subarray(offsets[node], offsets[node + 1])) {
      if (neighbor > node) lines.push(`${node} ${neighbor}\n`);
    }
  }
  const file = join(folder, `random-${nodes}.edges`);
  writeFileSync(file, lines.join(''));
  return file;
}

function bytesIn(place: string): number {
  const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.reduce(
    (sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
    0,
  );
}
