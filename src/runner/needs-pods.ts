import { HOST, RUNNER, WORKER } from './costs.ts';
import { runsFor } from './process-player.ts';
import { quantityOf } from './quantity.ts';

/** What a pod asks of its machine, as a container's `resources` say it ("10m", "64Mi"). */
export interface PodResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly memory: string };
}

/** The largest graph that a pod is to play; its algorithm may be one that weighs, measures and remembers. */
export interface PodGraph {
  readonly nodes: number;
  readonly edges: number;
}

const MEBIBYTE = 2 ** 20;
/** Memory is asked for in steps, so that pods of similar graphs are alike. */
const STEP = 16;
/** A pod may take so many times what it asks for: one that takes more is killed, and all runs in hand with it. */
const MOST = 2;
const LEAST_LIMIT = 128;

/** Thousandths of a core: of a host, which mostly waits for its runner and its peers, and of each further node of it. */
const HOST_CPU = 5;
const NODE_CPU = 1;
const MOST_HOST_CPU = 250;
const RUNNER_CPU = 100;
const WORKER_CPU = 500;

/** What the pod of a host asks for: it holds the whole graph, and plays so many of its nodes. */
export function hostResources(graph: PodGraph, nodesPerHost = 1): PodResources {
  const own = Math.min(nodesPerHost, graph.nodes);
  const cpu = Math.min(MOST_HOST_CPU, HOST_CPU + (own - 1) * NODE_CPU);
  return resourcesOf(cpu, hostBytes(graph, own));
}

/** What the pod of a runner asks for, with so many hosts. */
export function runnerResources(graph: PodGraph, hosts: number): PodResources {
  return resourcesOf(RUNNER_CPU, runnerBytes(graph, hosts));
}

/** What the pod of a worker (deployment: memory) asks for. */
export function workerResources(graph: PodGraph): PodResources {
  return resourcesOf(WORKER_CPU, memoryBytes(graph, 1));
}

/**
 * What NODE_OPTIONS must say in a pod: unless told, V8 gives its heap half of a memory limit, which communities of a large
 * graph outgrow.
 */
export function nodeOptions(memoryLimit: string): string {
  const mebibytes = (quantityOf(memoryLimit) ?? 0) / MEBIBYTE;
  return `--max-old-space-size=${Math.floor(mebibytes * 0.75)}`;
}

/** Bytes of a process with one host. */
export function hostBytes(graph: PodGraph, nodesPerHost: number): number {
  const { nodes } = graph;
  const hosts = Math.ceil(nodes / nodesPerHost);
  const runs = runsFor(nodes, { nodesPerHost, processes: hosts, runsAtOnce: null });
  return (
    HOST.process +
    slotsOf(graph) * (HOST.slot + HOST.weight) +
    hosts * HOST.address +
    nodes * runs * HOST.planned +
    Math.min(nodesPerHost * runs, HOST.mostPlayed) * HOST.played
  );
}

/** Bytes of a runner with so many hosts. */
export function runnerBytes(graph: PodGraph, hosts: number): number {
  const nodesPerHost = Math.ceil(graph.nodes / hosts);
  const runs = runsFor(graph.nodes, { nodesPerHost, processes: hosts, runsAtOnce: null });
  return (
    RUNNER.process +
    slotsOf(graph) * (RUNNER.slot + RUNNER.community) +
    hosts * RUNNER.host +
    graph.nodes * runs * RUNNER.planned
  );
}

/** Bytes of a process that plays in memory, in so many threads. */
export function memoryBytes(graph: PodGraph, threads: number): number {
  return (
    WORKER.process +
    (threads - 1) * WORKER.thread +
    slotsOf(graph) * (WORKER.slot * threads + WORKER.community) +
    Math.min(WORKER.histories, graph.nodes * WORKER.history)
  );
}

function slotsOf({ nodes, edges }: PodGraph): number {
  return nodes + 2 * edges;
}

function resourcesOf(cpu: number, bytes: number): PodResources {
  const request = Math.ceil(bytes / MEBIBYTE / STEP) * STEP;
  const limit = Math.max(LEAST_LIMIT, MOST * request);
  return {
    requests: { cpu: `${cpu}m`, memory: `${request}Mi` },
    limits: { memory: `${limit}Mi` },
  };
}
