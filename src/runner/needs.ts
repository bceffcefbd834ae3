import type { DeploymentSpec } from './deployment.ts';
import { type ClusterNeeds, clusterNeeds, largestOf } from './needs-cluster.ts';
import { type Limits, misfits } from './needs-fit.ts';
import { hostBytes, memoryBytes, runnerBytes } from './needs-pods.ts';
import { type ResultsNeeds, resultsOf } from './needs-results.ts';
import { modelRounds, type RoundsEstimate } from './needs-rounds.ts';
import type { SimulationSizes } from './needs-sizes.ts';
import { bytesText, manyText } from './needs-text.ts';
import {
  type TimeNeeds,
  timeInMemory,
  timeOnPods,
  timeOnProcesses,
  timeOnWorkers,
} from './needs-time.ts';
import type { HostSizes } from './needs-work.ts';
import { runsFor, type Sharing } from './process-player.ts';

/** Where a simulation is to be played: here, in so many threads or with so many cores, or in a cluster. */
export type Way =
  | { readonly on: 'memory'; readonly jobs: number }
  | ({ readonly on: 'processes'; readonly cores: number } & Sharing)
  | { readonly on: 'kubernetes'; readonly deployment: DeploymentSpec };

/** What a simulation will need. Its graphs are played one after the other: what it holds at once is for the largest. */
export interface Needs {
  readonly runs: number;
  readonly rounds: RoundsEstimate;
  /** Processes that hold nodes, or pods that do or play whole runs; 0 in memory. */
  readonly processes: number;
  /** Bytes that all its processes here take at most, or that its pods ask for. */
  readonly memory: number;
  /** Null where it is not played in a cluster. */
  readonly cluster: ClusterNeeds | null;
  readonly results: ResultsNeeds;
  readonly time: TimeNeeds;
  /** What does not fit the limits, a sentence each without its end; [] where all does. */
  readonly problems: readonly string[];
  /** What people should know beside that, a sentence each. */
  readonly notes: readonly string[];
}

/** Cores of the machines of a cluster that says nothing of them. */
const CORES_A_MACHINE = 2;
/** An object of etcd takes no more, of which the API server needs some for itself. */
const LARGEST_GRAPH = 1.4 * 2 ** 20;
/** `kubectl apply` keeps a copy in an annotation, which takes no more. */
const LARGEST_APPLIED = 256 * 2 ** 10;

/** What a simulation will need on the way it is to be played, and whether that fits the limits. */
export function needsOf(
  sizes: SimulationSizes,
  way: Way,
  limits: Limits = {},
  rounds: RoundsEstimate = modelRounds(sizes),
): Needs {
  const runs = sizes.graphs.length * sizes.executions * sizes.repetitions;
  const results = resultsOf(sizes, rounds.byGraph);
  const common = { runs, rounds, results };
  if (way.on === 'kubernetes')
    return { ...common, ...inCluster(sizes, way.deployment, limits, rounds) };
  const local =
    way.on === 'memory' ? inMemory(sizes, way.jobs, rounds) : onProcesses(sizes, way, rounds);
  return { ...common, ...local, cluster: null, problems: tooMuch(local.memory, limits), notes: [] };
}

function inMemory(sizes: SimulationSizes, jobs: number, { byGraph }: RoundsEstimate) {
  const memory = memoryBytes(largestOf(sizes.graphs), jobs);
  return { processes: 0, memory, time: timeInMemory(sizes, byGraph, jobs) };
}

function onProcesses(
  sizes: SimulationSizes,
  way: Sharing & { readonly cores: number },
  { byGraph }: RoundsEstimate,
) {
  const shares = sizes.graphs.map(({ nodes }) => shareOf(nodes, way));
  const processes = Math.max(...shares.map((share) => share.processes));
  const largest = largestOf(sizes.graphs);
  const nodesEach = Math.ceil(largest.nodes / processes);
  const memory = runnerBytes(largest, processes) + processes * hostBytes(largest, nodesEach);
  return { processes, memory, time: timeOnProcesses(sizes, byGraph, shares, way.cores) };
}

function inCluster(
  sizes: SimulationSizes,
  deployment: DeploymentSpec,
  limits: Limits,
  { byGraph }: RoundsEstimate,
) {
  const needed = clusterNeeds(sizes, deployment);
  const cluster = { ...needed, machines: limits.machines ?? needed.machines };
  const { holders, runner, machines, requests } = cluster;
  const sharing = { nodesPerHost: deployment.nodesPerHost ?? 1, processes: null, runsAtOnce: null };
  const shares = sizes.graphs.map(({ nodes }) => shareOf(nodes, sharing));
  const cores = limits.cpu === undefined ? CORES_A_MACHINE : Math.max(1, limits.cpu / machines);
  const time =
    runner === null
      ? timeOnWorkers(sizes, byGraph, holders.count, machines, cores)
      : timeOnPods(sizes, byGraph, shares, machines, cores);
  return {
    processes: holders.count,
    memory: requests.memory,
    cluster,
    time,
    problems: misfits(cluster, limits),
    notes: notesOf(cluster, limits),
  };
}

function shareOf(nodes: number, { nodesPerHost, processes, runsAtOnce }: Sharing): HostSizes {
  const hosts = Math.ceil(nodes / nodesPerHost);
  const count = Math.min(processes ?? hosts, hosts);
  const runs = runsFor(nodes, { nodesPerHost, processes: count, runsAtOnce });
  return { processes: count, nodesPerHost, runsAtOnce: runs };
}

function tooMuch(memory: number, limits: Limits): string[] {
  if (limits.memory === undefined || memory <= limits.memory) return [];
  return [
    `it takes a memory of about ${bytesText(memory)}, and there are ${bytesText(limits.memory)}`,
  ];
}

function notesOf(
  { graphBytes, machines, limits: { cpu } }: ClusterNeeds,
  { quotas = [], machines: given }: Limits,
): string[] {
  const notes: string[] = [];
  if (graphBytes > LARGEST_GRAPH) {
    notes.push(
      `a graph takes ${bytesText(graphBytes)}, and a resource holds 1.4 MiB: put its file into the storage, and name it in the Graph's spec.source`,
    );
  } else if (graphBytes > LARGEST_APPLIED) {
    notes.push(
      `a graph takes ${bytesText(graphBytes)}: kubectl apply takes it with --server-side alone`,
    );
  }
  if (machines > 1 && given === undefined) {
    notes.push(`${manyText(machines, 'machine')} at 110 pods each, unless a cluster allows more`);
  }
  for (const { name, hard, scoped = false } of quotas) {
    if (scoped || cpu !== null || hard['limits.cpu'] === undefined) continue;
    notes.push(
      `the ResourceQuota ${name} limits limits.cpu, so it admits no pod without one: give spec.pod.resources.limits.cpu, or have a LimitRange that does`,
    );
  }
  return notes;
}
