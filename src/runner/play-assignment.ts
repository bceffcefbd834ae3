import { inputError } from '../errors.ts';
import type { Storage } from '../storage/index.ts';
import type { Strategies } from '../strategies/index.ts';
import { type ReadGraph, readAssignedGraphs } from './assigned-graphs.ts';
import type { Assignment } from './assignment.ts';
import { type ClusterHosts, openClusterHosts } from './cluster-hosts.ts';
import { hostNames } from './cluster-names.ts';
import { createMeasurer } from './measures.ts';
import { type Part, partOfGraph, shareOf, sizeOfPart } from './part.ts';
import { planOn, type SimulationPlan } from './plan.ts';
import { type ProcessSettings, processesFor } from './process-player.ts';
import type { Processes } from './processes.ts';
import { runSimulations } from './run.ts';
import type { ProgressKeeper } from './runner-progress.ts';

/** Where an assignment is played. */
export interface Surroundings {
  readonly readGraph: ReadGraph;
  /** Where the assignment's results go. */
  readonly storage: Storage;
  readonly strategies: Strategies;
  /** Which of the workers this is, from 0; without meaning where there are hosts. */
  readonly worker: number;
  /** Threads. */
  readonly jobs: number;
  /** What hosts are shown. */
  readonly token: string;
  /** Of the cluster. */
  readonly domain: string;
  /** Where hosts listen for their runner. */
  readonly hostPort: number;
  readonly lookup: ClusterHosts['lookup'];
  readonly progress: ProgressKeeper;
  readonly signal: AbortSignal;
  readonly notice: (text: string) => void;
}

/** What of an assignment was played. */
export interface PlayedAssignment {
  /** The simulation's, in its results. */
  readonly folder: string;
  /** How many runs of this runner's are finished, those that were so before included. */
  readonly runs: number;
}

/** Pods come and go, and each takes all runs in hand with it. */
const RETRIES = 10;
/**
 * How long a host may say nothing, in milliseconds: many may share a machine that has much else to do. One that is gone
 * is found out at once, by its connections.
 */
const SIGN_OF_LIFE = 120_000;

/**
 * Plays what an assignment says is this runner's: the runs on one graph, on hosts that are waited for while the graphs are
 * measured, or a worker's share of all runs, in memory. What is finished already is not played again; what takes the rows
 * of others too is written by whoever is last. Throws GossipError, and the signal's reason; what is finished stays.
 */
export async function playAssignment(
  assignment: Assignment,
  surroundings: Surroundings,
): Promise<PlayedAssignment> {
  const { storage, progress, notice, jobs } = surroundings;
  const plan = await planOf(assignment, surroundings);
  const part = partOf(assignment, plan, surroundings.worker);
  progress.update({ runs: sizeOfPart(part), folder: plan.folder });
  const failed = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, failed.signal]);
  const fail = (error: unknown) => failed.abort(error);
  const hosts = waitForHosts(assignment, plan, { ...surroundings, signal }, fail);
  let runs = 0;
  try {
    await runSimulations([plan], {
      storage,
      // Nobody is there to say that betweenness of a large graph is worth its time: it was asked for.
      measurer: createMeasurer({ jobs, exact: true, sample: null, signal, notice }),
      jobs,
      processes: hosts?.settings ?? null,
      history: null,
      sample: null,
      timestamp: assignment.timestamp,
      signal,
      notice,
      partOf: () => part,
      onMeasured: () => progress.update({ measured: true }),
      onRun: () => progress.update({ runsDone: ++runs }),
    });
    return { folder: plan.folder, runs };
  } finally {
    await hosts?.end();
  }
}

async function planOf(
  assignment: Assignment,
  { readGraph, storage, strategies, notice }: Surroundings,
): Promise<SimulationPlan> {
  const { simulation, spec } = assignment;
  const graphs = await readAssignedGraphs(assignment, readGraph, storage);
  const place = `Simulation ${simulation.namespace}/${simulation.name}`;
  const source = { name: simulation.name, spec, place };
  const plan = await planOn(source, graphs, strategies, spec.seed);
  for (const { warnings } of [...graphs, plan]) warnings.forEach(notice);
  return plan;
}

function partOf({ play }: Assignment, plan: SimulationPlan, worker: number): Part {
  const [what, index, count] =
    play.on === 'hosts'
      ? ['graph', play.graph, plan.graphs.length]
      : ['worker', worker, play.workers];
  if (index >= count) {
    throw inputError(`the assignment has no ${what} ${index}: there are ${count}, from 0`);
  }
  return play.on === 'hosts' ? partOfGraph(plan, index) : shareOf(plan, index, play.workers);
}

/**
 * Begins to wait for the hosts of an assignment; null where there are none. After a host was lost all are looked for
 * anew.
 *
 * @param fail told when they are not there in time
 */
function waitForHosts(
  { play, simulation: { namespace } }: Assignment,
  plan: SimulationPlan,
  { token, domain, hostPort: port, lookup, progress, signal, notice }: Surroundings,
  fail: (error: unknown) => void,
): { readonly settings: ProcessSettings; end(): Promise<void> } | null {
  if (play.on === 'memory') return null;
  const { nodesPerHost, startDeadlineSeconds, hosts: processes } = play;
  const sharing = { nodesPerHost, processes, runsAtOnce: null };
  const count = processesFor(plan.graphs[play.graph].source.graph.nodeCount, sharing);
  const names = hostNames({ ...play, namespace }, count, domain);
  const deadline = startDeadlineSeconds * 1000;
  const onReady = (hostsReady: number) => progress.update({ hostsReady, hosts: count });
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const open = () => {
    const begin = performance.now();
    const opened = openClusterHosts({ names, port, token, deadline, lookup, onReady }, either);
    // Those who play may not wait for them yet.
    opened.then(
      () => {
        const seconds = (performance.now() - begin) / 1000;
        notice(`all ${count} hosts are there, after ${seconds.toFixed(1)} s`);
      },
      (error) => either.aborted || fail(error),
    );
    return opened;
  };
  let first: Promise<Processes> | null = open();
  const start = (_: number, closed: AbortSignal) => {
    closed.addEventListener('abort', () => ended.abort(closed.reason));
    const opened = first ?? open();
    first = null;
    return opened;
  };
  return {
    settings: { ...sharing, retries: RETRIES, notice, start, signOfLife: SIGN_OF_LIFE },
    async end() {
      ended.abort(new Error('the player was closed'));
      await first?.then(
        (hosts) => hosts.kill(),
        () => {},
      );
    },
  };
}
