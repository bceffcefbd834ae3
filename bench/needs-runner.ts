/** The memory of a runner, by how many hosts it drives, and of a program that plays in memory. On Linux. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Graph } from '../src/graph/index.ts';
import { memoryBytes, runnerBytes } from '../src/runner/needs-pods.ts';
import { memoryOf } from './needs-hosts.ts';
import { benchGraph, DEGREE } from './workload.ts';

const MANY_HOSTS = fileURLToPath(new URL('./many-hosts.ts', import.meta.url));
/** Processes that the hosts of a runner are in. */
const PROCESSES = 4;
const MEBIBYTE = 2 ** 20;

/** Prints the most memory that runners ever took. */
export async function runners(program: readonly string[]): Promise<void> {
  console.log('\nMemory of a runner, MiB: the most that it ever had');
  console.log('nodes   hosts   MiB     planned');
  for (const [nodes, hosts] of [
    [1000, 20],
    [1000, 100],
    [1000, 1000],
    [10_000, 20],
    [10_000, 100],
    [100_000, 20],
  ]) {
    const most = await withHosts(hosts, (addresses) => {
      const share = ['--nodes-per-host', String(Math.ceil(nodes / hosts))];
      return measure(program, nodes, ['runner', '--hosts', addresses, ...share]);
    });
    print([nodes, hosts], most, runnerBytes(graphOf(nodes), hosts));
  }
}

/** The same of what a worker does: it plays in memory, in one thread. */
export async function workers(program: readonly string[]): Promise<void> {
  console.log('\nMemory of a program that plays in memory, MiB: the most that it ever had');
  console.log('nodes   algorithm               MiB     planned');
  for (const nodes of [1000, 10_000, 100_000, 1_000_000]) {
    for (const algorithm of ['default', 'weighted_factor', 'default_complex_memory']) {
      const favor = algorithm === 'weighted_factor' ? ['--favor', 'inside'] : [];
      const flags = ['--algorithm', algorithm, ...favor];
      const most = await measure(program, nodes, ['run', '--jobs', '1', ...flags]);
      print([nodes, algorithm.padEnd(22)], most, memoryBytes(graphOf(nodes), 1));
    }
  }
}

function print(names: readonly (string | number)[], most: number, planned: number): void {
  const figures = [most, planned].map((bytes) => (bytes / MEBIBYTE).toFixed(0));
  console.log([...names, ...figures].map((text) => String(text).padEnd(8)).join(''));
}

function graphOf(nodes: number): { nodes: number; edges: number } {
  return { nodes, edges: (nodes * DEGREE) / 2 };
}

/** The most memory of a program that plays some runs on a graph. */
async function measure(
  [command, ...args]: readonly string[],
  nodes: number,
  how: readonly string[],
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-needs-'));
  try {
    const file = join(folder, 'graph.edges');
    writeFileSync(file, edgesOf(benchGraph(nodes)));
    const repetitions = String(Math.max(3, Math.min(60, Math.floor(1e6 / nodes))));
    const what = [file, '--seed', '1', '--repetitions', repetitions, '--results', folder];
    const child = spawn(command, [...args, ...how, ...what], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return await mostOf(child);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function mostOf(child: ChildProcess): Promise<number> {
  let most = 0;
  const timer = setInterval(() => {
    try {
      most = Math.max(most, memoryOf(child.pid!).most);
    } catch {} // it is ending
  }, 20);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  if (code !== 0) throw new Error(`it ended with code ${code}`);
  return most;
}

async function withHosts<T>(count: number, use: (addresses: string) => Promise<T>): Promise<T> {
  const children = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, [MANY_HOSTS, String(count / PROCESSES)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  try {
    const lines = children.map(async ({ stdout }) => {
      const [line] = await once(createInterface({ input: stdout! }), 'line');
      return line as string;
    });
    return await use((await Promise.all(lines)).join(','));
  } finally {
    for (const child of children) child.kill();
  }
}

function edgesOf({ nodeCount, offsets, neighbors }: Graph): string {
  const lines: string[] = [];
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = offsets[node]; slot < offsets[node + 1]; slot++) {
      if (neighbors[slot] > node) lines.push(`${node} ${neighbors[slot]}\n`);
    }
  }
  return lines.join('');
}
