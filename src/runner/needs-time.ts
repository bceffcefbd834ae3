import { FIRST_PLAY, OPERATOR, START_HOST, START_POD, START_PROGRAM } from './costs.ts';
import type { GraphSizes, SimulationSizes } from './needs-sizes.ts';
import {
  configureSeconds,
  type HostSizes,
  measureSeconds,
  readSeconds,
  runInMemory,
  runOnHosts,
  storeSeconds,
  wallSeconds,
} from './needs-work.ts';
import { FEW_EXCHANGES } from './run.ts';

/** What a simulation's time is made of, in seconds. */
export interface TimeNeeds {
  /** Until the program, its processes or its pods are there. */
  readonly starting: number;
  /** Reading, measuring and weighing graphs; in a cluster hosts start meanwhile. */
  readonly measuring: number;
  /** Telling hosts what they hold, for each execution; 0 in memory. */
  readonly configuring: number;
  readonly playing: number;
  readonly storing: number;
  /** From the beginning to the end; less than the sum of the parts where some go on at the same time. */
  readonly total: number;
}

/** In this process, in so many threads. @param rounds by graph, of a run */
export function timeInMemory(
  sizes: SimulationSizes,
  rounds: readonly number[],
  jobs: number,
): TimeNeeds {
  const runs = sizes.executions * sizes.repetitions;
  const work = sum(sizes, ({ nodes }) => nodes * runs);
  const threads = work > FEW_EXCHANGES ? Math.min(jobs, runs * sizes.graphs.length) : 1;
  const starting = START_PROGRAM;
  const measuring = measuringAll(sizes, jobs);
  const { playing, storing } = inMemory(sizes, rounds, 'folder');
  // Threads play while this one writes.
  const busy = threads > 1 ? Math.max(playing / threads, storing) : playing + storing;
  const total = starting + measuring + busy;
  return { starting, measuring, configuring: 0, playing: playing / threads, storing, total };
}

/** On processes of this machine, which has so many cores. @param shares by graph */
export function timeOnProcesses(
  sizes: SimulationSizes,
  rounds: readonly number[],
  shares: readonly HostSizes[],
  cores: number,
): TimeNeeds {
  let starting = START_PROGRAM;
  for (const [index, { processes }] of shares.entries()) {
    // Those of the graph before are taken where there are as many.
    if (processes !== shares[index - 1]?.processes) starting += processes * START_HOST;
  }
  const measuring = measuringAll(sizes, cores);
  const work = onHosts(sizes, rounds, shares, cores, 'folder');
  const { configuring, playing, storing } = work;
  return {
    starting,
    measuring,
    ...work,
    total: starting + measuring + configuring + playing + storing,
  };
}

/** On pods of so many machines, each of them with so many cores: one graph after the other. @param shares by graph */
export function timeOnPods(
  sizes: SimulationSizes,
  rounds: readonly number[],
  shares: readonly HostSizes[],
  machines: number,
  cores: number,
): TimeNeeds {
  const starting = shares.reduce(
    (sum, { processes }) => sum + podSeconds(processes + 1, machines),
    0,
  );
  // Every runner measures all graphs, since the manifest speaks of them.
  const measuring = shares.length * measuringAll(sizes, 1);
  const { playing, storing, ...work } = onHosts(sizes, rounds, shares, machines * cores, 'minio');
  const first = shares.reduce((sum, { processes }) => sum + processes * FIRST_PLAY, 0);
  const configuring = work.configuring + first / (machines * cores);
  const total = Math.max(starting, measuring) + configuring + playing + storing;
  return { starting, measuring, configuring, playing, storing, total };
}

/** On so many workers, pods of so many machines. */
export function timeOnWorkers(
  sizes: SimulationSizes,
  rounds: readonly number[],
  workers: number,
  machines: number,
  cores: number,
): TimeNeeds {
  const atOnce = Math.min(workers, machines * cores);
  const starting = podSeconds(workers, machines);
  const measuring = (measuringAll(sizes, 1) * workers) / atOnce;
  const { playing, storing } = inMemory(sizes, rounds, 'minio');
  const total = starting + measuring + (playing + storing) / atOnce;
  return {
    ...{ starting, measuring, configuring: 0 },
    ...{ playing: playing / atOnce, storing: storing / atOnce, total },
  };
}

function podSeconds(pods: number, machines: number): number {
  return OPERATOR + START_POD.first + (pods * START_POD.each) / machines;
}

function inMemory(sizes: SimulationSizes, rounds: readonly number[], where: 'folder' | 'minio') {
  const runs = sizes.executions * sizes.repetitions;
  return {
    playing: sum(sizes, (graph, index) => runs * runInMemory(sizes, graph, rounds[index])),
    storing: sum(sizes, (graph, index) => runs * storeSeconds(sizes, graph, rounds[index], where)),
  };
}

function onHosts(
  sizes: SimulationSizes,
  rounds: readonly number[],
  shares: readonly HostSizes[],
  cores: number,
  where: 'folder' | 'minio',
) {
  const { executions, repetitions } = sizes;
  const runs = executions * repetitions;
  return {
    configuring: sum(
      sizes,
      (graph, index) =>
        wallSeconds(configureSeconds(graph, sizes, shares[index]), cores) * executions,
    ),
    playing: sum(
      sizes,
      (graph, index) =>
        wallSeconds(runOnHosts(sizes, graph, rounds[index], shares[index]), cores) * runs,
    ),
    storing: sum(sizes, (graph, index) => runs * storeSeconds(sizes, graph, rounds[index], where)),
  };
}

function measuringAll(sizes: SimulationSizes, threads: number): number {
  return sum(sizes, (graph) => readSeconds(graph) + measureSeconds(sizes, graph, threads));
}

function sum(
  { graphs }: SimulationSizes,
  of: (graph: GraphSizes, index: number) => number,
): number {
  return graphs.reduce((total, graph, index) => total + of(graph, index), 0);
}
