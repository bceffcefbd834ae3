import { GossipError, inputError } from '../errors.ts';
import type { Host } from '../host/host.ts';
import { playRun } from './play-run.ts';
import type { Player, RunSetup } from './player.ts';
import { type Processes, startProcesses } from './processes.ts';
import { createRemoteHost } from './remote-host.ts';

/** How nodes are shared out among local processes. */
export interface ProcessSettings {
  readonly nodesPerHost: number;
  /** Processes that the hosts are shared out among; null: one a host. */
  readonly processes: number | null;
  /** How often a run that failed is played again. */
  readonly retries: number;
  readonly notice: (text: string) => void;
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
 * A player whose nodes are hosts in local processes, which exchange over TCP. A run in which one of them dies or does
 * not answer is played again from its seed with new processes; its error is the last one's.
 */
export function createProcessPlayer(settings: ProcessSettings): Player {
  const abort = new AbortController();
  let processes: Processes | null = null;
  let host: Host | null = null;
  let configured: RunSetup | null = null;

  async function release(): Promise<void> {
    const old = processes;
    processes = null;
    host = null;
    configured = null;
    await old?.kill();
  }

  async function ready(setup: RunSetup): Promise<Host> {
    const count = processesFor(setup.host.graph.nodeCount, settings);
    if (processes?.remotes.length !== count) {
      await release();
      const started = await startProcesses(count);
      if (abort.signal.aborted) await started.kill();
      abort.signal.throwIfAborted();
      processes = started;
      host = createRemoteHost(started.remotes, settings.nodesPerHost, started.token);
    }
    if (configured !== setup) await host!.configure(setup.host);
    configured = setup;
    return host!;
  }

  return {
    async play(setup, repetition) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await playRun(await ready(setup), setup.run, repetition, abort.signal);
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
