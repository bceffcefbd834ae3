import { ETCD, SECRET } from './costs.ts';
import type { DeploymentSpec } from './deployment.ts';
import {
  hostResources,
  type PodResources,
  runnerResources,
  workerResources,
} from './needs-pods.ts';
import type { GraphSizes, SimulationSizes } from './needs-sizes.ts';
import { quantityOf } from './quantity.ts';

/** What is in a cluster at once while a simulation is played there: its largest graph's, since they are played in turn. */
export interface ClusterNeeds {
  /** Pods that hold nodes, or play whole runs. */
  readonly holders: Pods;
  /** Null where there are no hosts. */
  readonly runner: Pods | null;
  /** Nodes of the largest graph. */
  readonly nodes: number;
  /** Pods at once; those that have ended are not counted. */
  readonly pods: number;
  /** How many machines these take, by the 110 pods that Kubernetes puts on one unless told otherwise. */
  readonly machines: number;
  /** Cores and bytes that all pods together ask for, and may take; null: as much as there is. */
  readonly requests: { readonly cpu: number; readonly memory: number };
  readonly limits: { readonly cpu: number | null; readonly memory: number | null };
  /** By kind, with those that stay until the Simulation's time to live is over. */
  readonly objects: Readonly<
    Record<'Pod' | 'Job' | 'Service' | 'EndpointSlice' | 'Secret' | 'NetworkPolicy', number>
  >;
  /** What etcd keeps of these, of the Graphs and the Simulation, in bytes. */
  readonly bytes: number;
  /** The largest Graph resource, in bytes. */
  readonly graphBytes: number;
  /** The Secret with the assignment, in bytes. */
  readonly secretBytes: number;
}

/** Pods that are alike. */
export interface Pods {
  readonly count: number;
  /** Quantities of each, by resource. */
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

const PODS_A_MACHINE = 110;
const ENDPOINTS_A_SLICE = 100;

/** What a simulation takes in a cluster. */
export function clusterNeeds(sizes: SimulationSizes, deployment: DeploymentSpec): ClusterNeeds {
  const { graphs } = sizes;
  const largest = largestOf(graphs);
  const { nodesPerHost = 1, parallelism = 1, pod } = deployment;
  const onHosts = deployment.deployment !== 'memory';
  const count = onHosts ? Math.ceil(largest.nodes / nodesPerHost) : parallelism;
  const own = onHosts ? hostResources(largest, nodesPerHost) : workerResources(largest);
  const holders = { count, ...merged(own, pod?.resources) };
  const runner = onHosts ? { count: 1, ...runnerResources(largest, count) } : null;
  const all = runner === null ? [holders] : [holders, runner];
  const pods = all.reduce((sum, { count }) => sum + count, 0);
  const slices = onHosts ? Math.ceil(count / ENDPOINTS_A_SLICE) : 0;
  // Runners stay for their logs, and what they need with them, until all is removed.
  const kept = onHosts ? graphs.length : 1;
  const objects = {
    Pod: pods + kept - 1,
    Job: all.length + kept - 1,
    Service: onHosts ? 1 : 0,
    EndpointSlice: slices,
    Secret: kept,
    NetworkPolicy: kept,
  };
  const secretBytes =
    SECRET.assignment + graphs.reduce((sum, { name }) => sum + SECRET.graph + name.length, 0);
  return {
    holders,
    runner,
    nodes: largest.nodes,
    pods,
    machines: Math.ceil(pods / PODS_A_MACHINE),
    requests: {
      cpu: total(all, 'requests', 'cpu') ?? 0,
      memory: total(all, 'requests', 'memory') ?? 0,
    },
    limits: { cpu: total(all, 'limits', 'cpu'), memory: total(all, 'limits', 'memory') },
    objects,
    bytes:
      objects.Pod * (ETCD.pod + ETCD.podEvents) +
      objects.Job * ETCD.job +
      objects.Service * ETCD.service +
      (onHosts ? count * ETCD.endpoint : 0) +
      objects.NetworkPolicy * ETCD.networkPolicy +
      objects.Secret * secretBytes +
      ETCD.simulation +
      graphs.reduce((sum, { resourceBytes }) => sum + resourceBytes, 0),
    graphBytes: Math.max(...graphs.map(({ resourceBytes }) => resourceBytes)),
    secretBytes,
  };
}

/** The graph that takes most room. */
export function largestOf(graphs: readonly GraphSizes[]): GraphSizes {
  const nodes = Math.max(...graphs.map((graph) => graph.nodes));
  const edges = Math.max(...graphs.map((graph) => graph.edges));
  return { ...graphs.find((graph) => graph.nodes === nodes)!, edges };
}

/** What the Simulation says of a resource stands instead of both our figures of it; a limit alone is a request as well. */
function merged(
  ours: PodResources,
  { requests = {}, limits = {} }: NonNullable<DeploymentSpec['pod']>['resources'] = {},
): Pick<Pods, 'requests' | 'limits'> {
  const said = { ...requests, ...limits };
  const unsaid = (figures: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(figures).filter(([name]) => !Object.hasOwn(said, name)));
  return {
    requests: { ...unsaid(ours.requests), ...limits, ...requests },
    limits: { ...unsaid(ours.limits), ...limits },
  };
}

/** The sum over all pods; null where one of them has no such figure. */
function total(all: readonly Pods[], which: 'requests' | 'limits', name: string): number | null {
  let sum = 0;
  for (const { count, [which]: figures } of all) {
    if (figures[name] === undefined) return null;
    sum += count * (quantityOf(figures[name]) ?? 0);
  }
  return sum;
}
