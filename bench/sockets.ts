/** Measures hosts that exchange over TCP: `npm run bench -- --sockets`. */
import { readFileSync } from 'node:fs';
import { contentHash, type Graph, wordsOfHash } from '../src/graph/index.ts';
import { createHost, type HostConfiguration } from '../src/host/index.ts';
import { readResources } from '../src/runner/index.ts';
import { startProcesses } from '../src/runner/processes.ts';
import { createRemoteHost } from '../src/runner/remote-host.ts';
import { benchGraph } from './workload.ts';

interface Case {
  readonly name: string;
  readonly graph: Graph;
  readonly nodesPerHost: number;
  readonly processes: number;
}

const RUNS = 20;
/** Not counted: connections are opened, and the runner learns how many rounds a run takes. */
const WARM_UP = 3;

/** Prints exchanges a second over whole runs, and fails where a trace is not the one in memory. */
export async function sockets(): Promise<void> {
  const { graphs } = await readResources(['examples/holme-kim.yaml']);
  const small = benchGraph(100);
  const large = benchGraph(1000);
  const hubs = graphs[0].graph;
  const cases: Case[] = [
    { name: '100 nodes, one a process', graph: small, nodesPerHost: 1, processes: 100 },
    { name: '1,000 nodes, one a host, 4 processes', graph: large, nodesPerHost: 1, processes: 4 },
    { name: '1,000 nodes, 250 a host', graph: large, nodesPerHost: 250, processes: 4 },
    { name: 'Holme-Kim, one a host, 4 processes', graph: hubs, nodesPerHost: 1, processes: 4 },
    { name: 'Holme-Kim, 250 a host', graph: hubs, nodesPerHost: 250, processes: 4 },
  ];
  console.log(
    'default, minimum, ascending, start values 0 to 100 at random; whole runs, calls of the runner included.',
  );
  console.log(
    'graph (random, degree 8, or Holme-Kim) and hosts     exchanges/s  starts/s  MB a process',
  );
  for (const one of cases) {
    const { exchanges, starts, memory } = await measure(one);
    console.log(
      `${one.name.padEnd(50)} ${exchanges.toFixed(0).padStart(13)} ${starts.toFixed(1).padStart(9)} ${memory.toFixed(1).padStart(13)}`,
    );
  }
}

async function measure({ graph, nodesPerHost, processes }: Case) {
  const begin = performance.now();
  const started = await startProcesses(processes);
  const starts = processes / ((performance.now() - begin) / 1000);
  const memory = memoryOf(started.pids);
  try {
    const configuration = configurationOf(graph);
    const remote = createRemoteHost(started.remotes, nodesPerHost, started.token);
    const local = createHost();
    await remote.configure(configuration);
    await local.configure(configuration);
    let exchanges = 0;
    let seconds = 0;
    for (let run = 1; run <= RUNS; run++) {
      const from = performance.now();
      await remote.reset(run);
      const played = [];
      do played.push(await remote.play(played.length + 1));
      while (!played.at(-1)!.converged);
      if (run > WARM_UP) {
        seconds += (performance.now() - from) / 1000;
        for (const round of played) exchanges += round.exchanges;
      }
      await local.reset(run);
      for (const [index, round] of played.entries()) {
        if (JSON.stringify(await local.play(index + 1)) !== JSON.stringify(round)) {
          throw new Error(`round ${index + 1} of run ${run} is not the one in memory`);
        }
      }
    }
    return { exchanges: exchanges / seconds, starts, memory };
  } finally {
    await started.kill();
  }
}

function configurationOf(graph: Graph): HostConfiguration {
  return {
    graph,
    graphWords: wordsOfHash(contentHash(graph)),
    seed: 1,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 1,
    aggregate: 'minimum',
    schedule: 'ascending',
    start: { kind: 'random' },
    redraw: 'graph',
    tolerance: 0.001,
  };
}

/** Mean proportional set size in MB, on Linux; NaN elsewhere. */
function memoryOf(pids: readonly number[]): number {
  try {
    const sizes = pids.map((pid) => {
      const [, size] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))!;
      return Number(size) / 1024;
    });
    return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  } catch {
    return Number.NaN;
  }
}
