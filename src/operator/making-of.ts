import { hostResources, runnerResources, workerResources } from '../runner/index.ts';
import type { AcceptedStatus } from './decide/index.ts';
import { type AcceptedGraph, type Making, onHosts, podsOf } from './objects/index.ts';
import type { SeenSimulation } from './observation.ts';
import type { OperatorSettings } from './settings.ts';

/** Of a graph that is only stored, so many edges a node are reckoned with. */
const EDGES_A_NODE = 10;

/** What the objects of a graph are made from; null where its Simulation is not accepted, or cannot be read. */
export function makingOf(
  { name, namespace, uid, asked }: SeenSimulation,
  status: AcceptedStatus,
  graph: number,
  settings: OperatorSettings,
): Making | null {
  if (typeof asked === 'string') return null;
  const { spec, deployment } = asked;
  const { seed, startTime, accepted } = status;
  const played = onHosts(deployment) ? [accepted[graph]] : accepted;
  const size = largest(played);
  const { image, pullPolicy, results, storageSecret } = settings;
  return {
    simulation: { name, namespace, uid },
    spec: { ...spec, seed },
    deployment,
    graphs: accepted,
    graph,
    startTime,
    resources: onHosts(deployment)
      ? hostResources(size, deployment.nodesPerHost)
      : workerResources(size),
    runnerResources: runnerResources(size, podsOf(deployment, size.nodes)),
    image,
    pullPolicy,
    results,
    storageSecret,
  };
}

function largest(graphs: readonly AcceptedGraph[]): { nodes: number; edges: number } {
  let nodes = 0;
  let edges = 0;
  for (const graph of graphs) {
    nodes = Math.max(nodes, graph.nodes);
    edges = Math.max(edges, graph.edges ?? graph.nodes * EDGES_A_NODE);
  }
  return { nodes, edges };
}
