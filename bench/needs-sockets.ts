/** What playing on processes costs, in seconds of computing: of the runner, and of all hosts together. On Linux. */
import { readFileSync } from 'node:fs';
import { contentHash, wordsOfHash } from '../src/graph/index.ts';
import type { HostConfiguration, MemoryKind } from '../src/host/index.ts';
import type { SimulationSizes } from '../src/runner/index.ts';
import { configureSeconds, runOnHosts, type Work } from '../src/runner/needs-work.ts';
import { playRun } from '../src/runner/play-run.ts';
import { runsFor } from '../src/runner/process-player.ts';
import { startProcesses } from '../src/runner/processes.ts';
import { createRemoteHosts } from '../src/runner/remote-host.ts';
import { benchGraph, DEGREE } from './workload.ts';

interface Case {
  readonly nodes: number;
  readonly nodesPerHost: number;
  readonly processes: number;
  readonly memory?: MemoryKind;
}

const CASES: readonly Case[] = [
  { nodes: 20, nodesPerHost: 1, processes: 20 },
  { nodes: 100, nodesPerHost: 1, processes: 100 },
  { nodes: 1000, nodesPerHost: 1, processes: 4 },
  { nodes: 1000, nodesPerHost: 10, processes: 100 },
  { nodes: 1000, nodesPerHost: 50, processes: 20 },
  { nodes: 1000, nodesPerHost: 250, processes: 4 },
  { nodes: 10_000, nodesPerHost: 1000, processes: 10 },
  { nodes: 100, nodesPerHost: 5, processes: 20, memory: 'complex' },
  { nodes: 1000, nodesPerHost: 50, processes: 20, memory: 'complex' },
];
/** Runs that are not counted, and those that are, in each lane: at first nothing is compiled. */
const WARM_UP = 1;
const RUNS = 3;
const CLOCK = 100;

/** Prints both, beside what src/runner/costs.ts says of a run. */
export async function sockets(program: readonly string[]): Promise<void> {
  console.log('\nSeconds of computing, runner + hosts');
  console.log(
    'nodes   a host  processes  runs at once        start a host    configure        first runs       each run         planned',
  );
  for (const one of CASES) {
    const { runs, rounds, starting, phases } = await measure(one, program);
    const { nodes, nodesPerHost, processes, memory = 'none' } = one;
    const graph = { nodes, edges: (nodes * DEGREE) / 2 } as SimulationSizes['graphs'][number];
    const sizes = { memory, measures: [], history: 'none' } as unknown as SimulationSizes;
    const hosts = { processes, nodesPerHost, runsAtOnce: runs };
    const planned = [
      configureSeconds(graph, sizes, hosts),
      runOnHosts(sizes, graph, rounds, hosts),
    ];
    const name = [nodes, nodesPerHost, processes, `${runs}${memory === 'none' ? '' : ' complex'}`];
    const texts = [starting.toFixed(3), ...phases.map(textOf), ...planned.map(textOf)];
    console.log(
      name.map((text) => String(text).padEnd(9)).join('') +
        texts.map((text) => text.padStart(17)).join(''),
    );
  }
}

function textOf({ runner, hosts }: Work): string {
  return `${runner.toFixed(3)} + ${hosts.toFixed(3)}`;
}

async function measure(
  { nodes, nodesPerHost, processes, memory = 'none' }: Case,
  program: readonly string[],
) {
  const started = await startProcesses(processes, { commandOf: () => program });
  try {
    const work = () => ({ runner: ownSeconds(), hosts: secondsOf(started.pids) });
    const between = (a: Work, b: Work, count = 1): Work => ({
      runner: (b.runner - a.runner) / count,
      hosts: (b.hosts - a.hosts) / count,
    });
    const there = work();
    const graph = benchGraph(nodes);
    const configuration: HostConfiguration = {
      graph,
      graphWords: wordsOfHash(contentHash(graph)),
      seed: 1,
      weights: null,
      memory,
      priorPartnerFactor: 0.5,
      aggregate: 'minimum',
      schedule: 'ascending',
      start: { kind: 'random' },
      redraw: 'run',
      tolerance: 0.001,
    };
    const runs = runsFor(nodes, { nodesPerHost, processes, runsAtOnce: null });
    const hosts = createRemoteHosts(started.remotes, nodesPerHost, started.token);
    const lanes = await hosts.configure(configuration, runs);
    const configured = work();
    let rounds = 0;
    const settings = {
      maxRounds: 1000,
      history: 'none',
      aggregate: 'minimum',
      numbers: null,
    } as const;
    const play = (from: number, count: number) =>
      Promise.all(
        lanes.map(async (lane, index) => {
          for (let i = 0; i < count; i++) {
            rounds += (await playRun(lane, settings, (from + i) * runs + index + 1)).rounds;
          }
        }),
      );
    await play(0, WARM_UP);
    const warm = work();
    rounds = 0;
    await play(WARM_UP, RUNS);
    const played = work();
    return {
      runs,
      rounds: rounds / RUNS / runs,
      starting: there.hosts / processes,
      phases: [
        between(there, configured),
        between(configured, warm, WARM_UP * runs),
        between(warm, played, RUNS * runs),
      ],
    };
  } finally {
    await started.kill();
  }
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function secondsOf(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.split(' ').slice(11, 13).map(Number);
    ticks += user + system;
  }
  return ticks / CLOCK;
}
