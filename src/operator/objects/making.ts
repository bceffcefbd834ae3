import type { DeploymentSpec } from '../../runner/deployment.ts';
import type { PodResources } from '../../runner/needs-pods.ts';
import type { SimulationSpec } from '../../runner/simulation.ts';
import { namesOf } from '../names.ts';
import type { SimulationStatus } from '../status.ts';

/** A graph as it was when its Simulation was accepted. */
export type AcceptedGraph = NonNullable<SimulationStatus['accepted']>[number];

/** All that the objects of one graph of a Simulation are made from; the same always makes the same. */
export interface Making {
  readonly simulation: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly spec: SimulationSpec & { readonly seed: number };
  readonly deployment: DeploymentSpec;
  /** All graphs, in the order of play. */
  readonly graphs: readonly AcceptedGraph[];
  /** Which of them; 0 with deployment: memory, where workers play all. */
  readonly graph: number;
  /** When the Simulation was accepted (ISO 8601). */
  readonly startTime: string;
  /** Of each host, or of each worker. */
  readonly resources: PodResources;
  readonly runnerResources: PodResources;
  readonly image: string;
  readonly pullPolicy: string | undefined;
  /** Where results go, such as s3://simulations. */
  readonly results: string;
  /** The Secret in the Simulation's namespace with the settings of that storage. */
  readonly storageSecret: string;
}

/** Seconds that hosts have to be ready where the Simulation says nothing. */
const START_DEADLINE = 600;

/** The names of the objects. */
export function namesFor({ simulation, graph }: Making) {
  return namesOf(simulation, graph);
}

/** Whether nodes are pods, and not workers play whole runs. */
export function onHosts({ deployment }: Pick<DeploymentSpec, 'deployment'>): boolean {
  return deployment !== 'memory';
}

/** How many pods the Job of hosts (or of workers) has. */
export function podsOf(deployment: DeploymentSpec, nodes: number): number {
  if (!onHosts(deployment)) return deployment.parallelism ?? 1;
  return Math.ceil(nodes / (deployment.nodesPerHost ?? 1));
}

/** How long hosts may take to be ready, in seconds. */
export function startDeadlineOf({ startDeadlineSeconds = START_DEADLINE }: DeploymentSpec): number {
  return startDeadlineSeconds;
}
