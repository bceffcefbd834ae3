/** Measures hosts that exchange over TCP: `npm run bench -- --sockets`. */
import { readFileSync } from 'node:fs';
import { contentHash, type Graph, wordsOfHash } from '../src/graph/index.ts';
import { createHost, type Host, type HostConfiguration } from '../src/host/index.ts';
import { readResources } from '../src/runner/index.ts';
import { startProcesses } from '../src/runner/processes.ts';
import { createRemoteHosts } from '../src/runner/remote-host.ts';
import { costs } from './costs.ts';
import { benchGraph } from './workload.ts';

interface Case {
  /** Runs at once: what `gossip run` would do. */
  readonly atOnce: number;
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
    { name: '100 nodes, one a process', graph: small, nodesPerHost: 1, processes: 100, atOnce: 32 },
    {
      name: '1,000 nodes, one a host, 4 processes',
      graph: large,
      nodesPerHost: 1,
      processes: 4,
      atOnce: 16,
    },
    { name: '1,000 nodes, 250 a host', graph: large, nodesPerHost: 250, processes: 4, atOnce: 2 },
    {
      name: 'Holme-Kim, one a host, 4 processes',
      graph: hubs,
      nodesPerHost: 1,
      processes: 4,
      atOnce: 16,
    },
    { name: 'Holme-Kim, 250 a host', graph: hubs, nodesPerHost: 250, processes: 4, atOnce: 2 },
  ];
  console.log(
    'default, minimum, ascending, start values 0 to 100 at random; whole runs, calls of the runner included.',
  );
  console.log(
    'exchanges/s, the runs one by one and as many at once as gossip run would play; MB a process, at its start and in the end',
  );
  console.log(
    'random graph of degree 8, or Holme-Kim    one by one     at once    starts/s  MB a process',
  );
  for (const one of cases) {
    const { alone, together, starts, memory } = await measure(one);
    const figures = [alone.toFixed(0), together.toFixed(0), starts.toFixed(1)];
    const [before, after] = memory.map((size) => size.toFixed(0));
    console.log(
      `${one.name.padEnd(40)}${figures.map((text) => text.padStart(12)).join('')}${`${before}, ${after}`.padStart(14)}`,
    );
  }
  await costs();
}

async function measure({ graph, nodesPerHost, processes, atOnce: most }: Case) {
  const begin = performance.now();
  const started = await startProcesses(processes);
  const starts = processes / ((performance.now() - begin) / 1000);
  const memory = memoryOf(started.pids);
  try {
    const configuration = configurationOf(graph);
    const hosts = createRemoteHosts(started.remotes, nodesPerHost, started.token);
    const figures: number[] = [];
    for (const atOnce of [1, most]) {
      const lanes = await hosts.configure(configuration, atOnce);
      let run = 0;
      let exchanges = 0;
      const playUntil = (last: number) =>
        Promise.all(
          lanes.map(async (lane) => {
            while (run < last) {
              const repetition = ++run;
              const played = await play(lane, repetition);
              for (const round of played) exchanges += round.exchanges;
              traces.set(repetition, JSON.stringify(played));
            }
          }),
        );
      const traces = new Map<number, string>();
      await playUntil(WARM_UP * atOnce);
      exchanges = 0;
      const from = performance.now();
      await playUntil(run + RUNS * Math.sqrt(atOnce));
      figures.push(exchanges / ((performance.now() - from) / 1000));
      const local = createHost();
      await local.configure(configuration);
      for (const [repetition, trace] of [...traces].sort(([a], [b]) => a - b)) {
        if (JSON.stringify(await play(local, repetition)) !== trace) {
          throw new Error(`run ${repetition} is not the one in memory`);
        }
      }
    }
    const [alone, together] = figures;
    return { alone, together, starts, memory: [memory, memoryOf(started.pids)] };
  } finally {
    await started.kill();
  }
}

/** The rounds of a run. */
async function play(host: Pick<Host, 'reset' | 'play'>, repetition: number) {
  await host.reset(repetition);
  const played = [];
  do played.push(await host.play(played.length + 1));
  while (!played.at(-1)!.converged);
  return played;
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
