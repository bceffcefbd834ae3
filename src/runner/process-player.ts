import { GossipError, inputError } from '../errors.ts';
import { quantileOf } from '../statistics/index.ts';
import type { SimulationPlan } from './plan.ts';
import { playRun, type RunOutcome } from './play-run.ts';
import type { Player, RunSetup } from './player.ts';
import { type Processes, startProcesses } from './processes.ts';
import { createRemoteHosts, type RemoteHosts } from './remote-host.ts';
import type { RemoteRun } from './remote-run.ts';
import type { RunTiming } from './timings.ts';

/** How nodes and runs are shared out among processes. */
export interface Sharing {
  readonly nodesPerHost: number;
  /** Processes that the hosts are shared out among; null: one a host. */
  readonly processes: number | null;
  /** How many runs are played at once; null: as many as it is fastest with. */
  readonly runsAtOnce: number | null;
}

/** How nodes are shared out among local processes. */
export interface ProcessSettings extends Sharing {
  /** How often a run that failed is played again. */
  readonly retries: number;
  readonly notice: (text: string) => void;
  /** How processes are started; this program as it runs now, if not given. */
  readonly start?: (count: number, signal: AbortSignal) => Promise<Processes>;
  /** How long a host may take to say that it is there, in milliseconds. */
  readonly signOfLife?: number;
}

/** More would take more memory than a machine has; they must be asked for. */
const MOST_PROCESSES = 256;
/** A process that is woken finds work of several runs, and waking it costs more than the work. */
const RUNS_AT_ONCE = 32;
/** A process that holds so many nodes times runs has always something to do. */
const ENOUGH_NODES = 500;
/** Nodes times runs that each process plans for unless asked otherwise. */
const MOST_PLANNED = 400_000;

/** How many processes a graph takes. Throws GossipError `input` where that is more than anybody meant. */
export function processesFor(nodeCount: number, { nodesPerHost, processes }: Sharing): number {
  const hosts = Math.ceil(nodeCount / nodesPerHost);
  if (processes !== null) return Math.min(processes, hosts);
  if (hosts <= MOST_PROCESSES) return hosts;
  throw inputError(
    `${nodeCount} nodes with ${nodesPerHost} a host are ${hosts} processes; share them out with --processes P, or give --nodes-per-host`,
  );
}

/**
 * Refuses what cannot be played on processes, before anything is started or written.
 *
 * @throws GossipError `input`
 */
export function refuseOnProcesses(
  plans: readonly SimulationPlan[],
  settings: ProcessSettings,
): void {
  for (const { name, algorithm, aggregate, schedule, graphs } of plans) {
    if (schedule === 'synchronous' && aggregate === 'mean' && algorithm.memory !== 'none') {
      throw inputError(
        `${name}: in the schedule synchronous a mean takes how many contacts the other has in the round, which hosts cannot know of ${algorithm.name}, since its picks depend on contacts: choose another schedule or aggregate, or --on memory`,
      );
    }
    for (const { source } of graphs) processesFor(source.graph.nodeCount, settings);
  }
}

/** How many runs are played at once: as many as asked for, or else fewer the more nodes a process has, and plans for. */
export function runsFor(nodeCount: number, settings: Sharing): number {
  if (settings.runsAtOnce !== null) return settings.runsAtOnce;
  const inHand = (ENOUGH_NODES * processesFor(nodeCount, settings)) / nodeCount;
  const most = Math.min(RUNS_AT_ONCE, inHand, MOST_PLANNED / nodeCount);
  return Math.max(1, Math.floor(most));
}

/** Plays one run after the other, each of a later repetition: exchanges are told apart by it. */
interface Lane {
  readonly run: RemoteRun;
  last: number;
}

/** Processes with hosts, as long as all of them are there. */
interface Deployment {
  readonly processes: Processes;
  readonly hosts: RemoteHosts;
  /** What the hosts are configured for. */
  setup: RunSetup | null;
  /** What can play a run now. */
  free: Lane[];
  /** Runs in hand. */
  inHand: number;
  /** What a run has failed of: the others end with it. */
  failure: unknown;
}

/**
 * A player whose nodes are hosts in local processes, which exchange over TCP; it may be asked for many runs at once. A run
 * in which a host dies or does not answer is played again from its seed with new processes, and so are those beside it;
 * its error is the last one's.
 */
export function createProcessPlayer(settings: ProcessSettings): Player {
  const { start = (count, signal) => startProcesses(count, { signal }) } = settings;
  const abort = new AbortController();
  let deployment: Deployment | null = null;
  let leases: Promise<unknown> = Promise.resolve();
  let wake = () => {};

  async function release(): Promise<void> {
    const old = deployment;
    deployment = null;
    await old?.processes.kill();
  }

  async function deploy(count: number): Promise<Deployment> {
    const processes = await start(count, abort.signal);
    if (abort.signal.aborted) await processes.kill();
    abort.signal.throwIfAborted();
    const { nodesPerHost, signOfLife } = settings;
    const hosts = createRemoteHosts(processes.remotes, nodesPerHost, processes.token, signOfLife);
    return { processes, hosts, setup: null, free: [], inHand: 0, failure: null };
  }

  /** A place for a run of this setup, when there is one: runs of another setup must have ended. */
  async function place(setup: RunSetup, repetition: number): Promise<[Deployment, Lane]> {
    const { nodeCount } = setup.host.graph;
    const count = processesFor(nodeCount, settings);
    for (;;) {
      abort.signal.throwIfAborted();
      deployment ??= await deploy(count);
      const { failure, processes, inHand, free } = deployment;
      const isReady = deployment.setup === setup && failure === null;
      const lane = isReady ? free.find(({ last }) => last < repetition) : undefined;
      if (lane !== undefined) {
        lane.last = repetition;
        free.splice(free.indexOf(lane), 1);
        deployment.inHand++;
        return [deployment, lane];
      }
      if (inHand > 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (failure !== null || processes.remotes.length !== count) await release();
      else {
        deployment.setup = setup;
        const runs = deployment.hosts.configure(setup.host, runsFor(nodeCount, settings));
        deployment.free = await runs.then(
          (runs) => runs.map((run) => ({ run, last: 0 })),
          async (error) => {
            await release();
            throw error;
          },
        );
      }
    }
  }

  /** One after the other, so that each finds what the one before has made ready. */
  function lease(setup: RunSetup, repetition: number): Promise<[Deployment, Lane]> {
    const leased = leases.then(() => place(setup, repetition));
    leases = leased.catch(() => {});
    return leased;
  }

  async function playOnce(
    setup: RunSetup,
    repetition: number,
    replays: number,
  ): Promise<RunOutcome | null> {
    const [on, lane] = await lease(setup, repetition);
    try {
      const { run } = lane;
      const begin = performance.now();
      const outcome = await playRun(run, setup.run, repetition, abort.signal);
      const wallSeconds = (performance.now() - begin) / 1000;
      return { ...outcome, timing: timingOf(setup, outcome, run, wallSeconds, replays) };
    } catch (error) {
      if (on.failure !== null && !abort.signal.aborted) return null;
      on.failure = error;
      // The runs beside it need not wait for hosts that are gone.
      void on.processes.kill();
      throw error;
    } finally {
      on.inHand--;
      on.free.push(lane);
      wake();
    }
  }

  function timingOf(
    setup: RunSetup,
    { exchanges }: RunOutcome,
    run: RemoteRun,
    wallSeconds: number,
    replays: number,
  ): RunTiming {
    const { nodeCount } = setup.host.graph;
    const { bytes, retries, latencies } = run.traffic();
    const milliseconds = (share: number) => {
      const microseconds = quantileOf(latencies, share);
      return microseconds === null ? null : microseconds / 1000;
    };
    return {
      processes: processesFor(nodeCount, settings),
      nodesPerHost: settings.nodesPerHost,
      runsAtOnce: runsFor(nodeCount, settings),
      wallSeconds,
      exchangesPerSecond: exchanges / wallSeconds,
      latencyP50: milliseconds(0.5),
      latencyP99: milliseconds(0.99),
      bytes,
      retries,
      replays,
    };
  }

  return {
    atOnce: settings.runsAtOnce ?? RUNS_AT_ONCE,
    async play(setup, repetition) {
      let failures = 0;
      for (let replays = 0; ; replays++) {
        try {
          const outcome = await playOnce(setup, repetition, replays);
          if (outcome !== null) return outcome;
        } catch (error) {
          const mayPass = error instanceof GossipError && error.code === 'failed';
          if (!mayPass || failures++ >= settings.retries || abort.signal.aborted) throw error;
          settings.notice(`run ${repetition}: ${error.message}; it is played again`);
        }
      }
    },
    async close() {
      abort.abort(new Error('the player was closed'));
      wake();
      await release();
      await leases;
    },
  };
}
