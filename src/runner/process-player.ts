import { GossipError, inputError } from '../errors.ts';
import { quantileOf } from '../statistics/index.ts';
import type { SimulationPlan } from './plan.ts';
import { playRun, type RunOutcome } from './play-run.ts';
import type { Player, RunSetup } from './player.ts';
import { type Processes, startProcesses } from './processes.ts';
import { createRemoteHost, type RemoteHost } from './remote-host.ts';
import type { RunTiming } from './timings.ts';

/** How nodes are shared out among local processes. */
export interface ProcessSettings {
  readonly nodesPerHost: number;
  /** Processes that the hosts are shared out among; null: one a host. */
  readonly processes: number | null;
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

/** How many processes a graph takes. Throws GossipError `input` where that is more than anybody meant. */
export function processesFor(
  nodeCount: number,
  { nodesPerHost, processes }: ProcessSettings,
): number {
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
  for (const { name, algorithm, schedule, graphs } of plans) {
    if (schedule === 'synchronous' && algorithm.memory !== 'none') {
      throw inputError(
        `${name}: in the schedule synchronous all nodes of a round pick at once, which ${algorithm.name} cannot do on processes, since its picks depend on contacts: choose another schedule, or --on memory`,
      );
    }
    for (const { source } of graphs) processesFor(source.graph.nodeCount, settings);
  }
}

/**
 * A player whose nodes are hosts in local processes, which exchange over TCP. A run in which one of them dies or does
 * not answer is played again from its seed with new processes; its error is the last one's.
 */
export function createProcessPlayer(settings: ProcessSettings): Player {
  const { start = (count, signal) => startProcesses(count, { signal }) } = settings;
  const abort = new AbortController();
  let processes: Processes | null = null;
  let host: RemoteHost | null = null;
  let configured: RunSetup | null = null;
  let released = Promise.resolve();

  function release(): Promise<void> {
    const old = processes;
    processes = null;
    host = null;
    configured = null;
    released = released.then(() => old?.kill());
    return released;
  }

  async function ready(setup: RunSetup): Promise<RemoteHost> {
    const count = processesFor(setup.host.graph.nodeCount, settings);
    if (processes?.remotes.length !== count) {
      await release();
      const started = await start(count, abort.signal);
      if (abort.signal.aborted) await started.kill();
      abort.signal.throwIfAborted();
      processes = started;
      const { nodesPerHost, signOfLife } = settings;
      host = createRemoteHost(started.remotes, nodesPerHost, started.token, signOfLife);
    }
    if (configured !== setup) await host!.configure(setup.host);
    configured = setup;
    return host!;
  }

  async function playOnce(
    setup: RunSetup,
    repetition: number,
    replays: number,
  ): Promise<RunOutcome> {
    const host = await ready(setup);
    const begin = performance.now();
    const outcome = await playRun(host, setup.run, repetition, abort.signal);
    const wallSeconds = (performance.now() - begin) / 1000;
    const { bytes, retries, latencies } = host.traffic();
    const milliseconds = (share: number) => {
      const microseconds = quantileOf(latencies, share);
      return microseconds === null ? null : microseconds / 1000;
    };
    const timing: RunTiming = {
      processes: processesFor(setup.host.graph.nodeCount, settings),
      nodesPerHost: settings.nodesPerHost,
      wallSeconds,
      exchangesPerSecond: outcome.exchanges / wallSeconds,
      latencyP50: milliseconds(0.5),
      latencyP99: milliseconds(0.99),
      bytes,
      retries,
      replays,
    };
    return { ...outcome, timing };
  }

  return {
    async play(setup, repetition) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await playOnce(setup, repetition, attempt);
        } catch (error) {
          await release();
          const mayPass = error instanceof GossipError && error.code === 'failed';
          if (!mayPass || attempt >= settings.retries || abort.signal.aborted) throw error;
          settings.notice(`run ${repetition}: ${error.message}; it is played again`);
        }
      }
    },
    async close() {
      abort.abort(new Error('the player was closed'));
      await release();
    },
  };
}
