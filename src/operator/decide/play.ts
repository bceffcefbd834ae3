import type { Job } from '../../kubernetes/index.ts';
import type { DeploymentSpec } from '../../runner/index.ts';
import { namesOf } from '../names.ts';
import { onHosts, podsOf } from '../objects/index.ts';
import type { Observation } from '../observation.ts';
import type { SimulationStatus } from '../status.ts';

/** The status of a Simulation that was accepted. */
export type AcceptedStatus = SimulationStatus &
  Required<Pick<SimulationStatus, 'seed' | 'startTime' | 'accepted' | 'graphs'>>;

/** An accepted Simulation at the graph that is its turn, with the Jobs that are there for it. */
export interface Play {
  readonly seen: Observation;
  readonly status: AcceptedStatus;
  readonly deployment: DeploymentSpec;
  /** Whether nodes are pods; else workers play all graphs, and there is one play. */
  readonly onHosts: boolean;
  /** The graph's index among those accepted; 0 where workers play all. */
  readonly graph: number;
  /** The Job of hosts, or of workers. */
  readonly hosts: Job | undefined;
  /** The Job that ends when all is played: the runner, or the workers. */
  readonly player: Job | undefined;
  /** How many pods the Job of hosts or workers has. */
  readonly pods: number;
  /** "hosts" or "workers". */
  readonly word: string;
}

/** Whether a status says all that a Simulation is played by. */
export function isAccepted(status: SimulationStatus): status is AcceptedStatus {
  const { seed, startTime, accepted = [], graphs } = status;
  return (
    seed !== undefined &&
    startTime !== undefined &&
    accepted.length > 0 &&
    graphs?.total === accepted.length
  );
}

/** What is to be played next of an accepted Simulation. */
export function playOf(
  seen: Observation,
  status: AcceptedStatus,
  deployment: DeploymentSpec,
): Play {
  const { simulation, jobs } = seen;
  const hosted = onHosts(deployment);
  const graph = hosted ? Math.min(status.graphs.done, status.accepted.length - 1) : 0;
  const names = namesOf(simulation, graph);
  const named = (name: string) => jobs.find(({ metadata }) => metadata?.name === name);
  const hosts = named(names.hosts);
  return {
    seen,
    status,
    deployment,
    onHosts: hosted,
    graph,
    hosts,
    player: hosted ? named(names.runner) : hosts,
    pods: podsOf(deployment, status.accepted[graph].nodes),
    word: hosted ? 'hosts' : 'workers',
  };
}
