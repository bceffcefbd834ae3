import { JobState } from '../gen/gossip/v1/simulation_pb.ts';
import { runHandlers } from '../replay/index.ts';
import { VERSION } from '../runner/version.ts';
import type { Storage } from '../storage/index.ts';
import { openStrategies } from '../strategies/index.ts';
import type { Access } from './access.ts';
import { hosts } from './hosts.ts';
import { createJobs, examples, type JobsOptions, starting } from './jobs/index.ts';
import type { Handlers } from './simulation-service.ts';
import { openReading } from './stored/index.ts';

/** Which simulations are served, and what may be started. */
export interface SimulationsOptions extends Omit<JobsOptions, 'graphOf'> {
  /** Where `results` is. */
  readonly storage: Storage;
  /** Addresses of the hosts that people may watch, "host:port" each. */
  readonly hosts: readonly string[];
  /** What these are shown; empty: nothing. */
  readonly hostsToken: string;
}

/** Simulations that are stored, and those that are played. */
export interface Simulations {
  readonly handlers: Required<Handlers>;
  /** How many that were started here are in each state. */
  jobStates(): Record<string, number>;
  /** Ends what is being played. */
  stop(): Promise<void>;
}

/**
 * All handlers of SimulationService, and what they share.
 *
 * @param signal ends threads
 * @throws GossipError where a folder of strategies cannot be read
 */
export function openSimulations(
  options: SimulationsOptions,
  { mayStart, needsToken, admit }: Access,
  signal: AbortSignal,
): Simulations {
  const { storage, limits, hosts: addresses, hostsToken: token, notice } = options;
  const strategies = openStrategies(options.strategies);
  const graphOf = (folder: string, graph: string) => reading.graphOf(folder, graph);
  const jobs = createJobs({ ...options, graphOf });
  const { graphs, ended } = jobs;
  const reading = openReading({ storage, strategies, graphs, ended, signal, notice });
  const getServer = () => ({
    version: VERSION.gossip,
    storage: storage.describe(),
    mayStart,
    needsToken,
    limits,
    examples: mayStart ? examples() : [],
    hosts: [...addresses],
  });

  return {
    handlers: {
      getServer,
      ...reading.handlers,
      ...runHandlers({ open: reading.openRun }),
      ...starting(jobs, ({ requestHeader }) => admit(requestHeader)),
      ...hosts({ addresses, token, signal }),
    },
    jobStates() {
      const [, ...states] = Object.entries(JobState);
      const all = jobs.list();
      const count = (wanted: JobState) => all.filter(({ state }) => state === wanted).length;
      return Object.fromEntries(states.map(([name, state]) => [name.toLowerCase(), count(state)]));
    },
    stop: () => jobs.stop(),
  };
}
