import type { Assignment } from '../../runner/assignment.ts';
import { type Making, namesFor, onHosts, podsOf, startDeadlineOf } from './making.ts';

/** What the runner of a graph, or each of the workers, is to play. */
export function assignmentOf(making: Making): Assignment {
  const { simulation, spec, deployment, graphs, graph, results } = making;
  const names = namesFor(making);
  const play: Assignment['play'] = onHosts(deployment)
    ? {
        on: 'hosts',
        graph,
        hosts: podsOf(deployment, graphs[graph].nodes),
        nodesPerHost: deployment.nodesPerHost ?? 1,
        job: names.hosts,
        service: names.hosts,
        startDeadlineSeconds: startDeadlineOf(deployment),
      }
    : { on: 'memory', workers: podsOf(deployment, 0) };
  return {
    simulation,
    spec,
    timestamp: timestampOf(making.startTime),
    graphs: graphs.map(({ name, sha256 = null }) => ({ name, sha256 })),
    results,
    play,
    strategies: deployment.strategies !== undefined,
  };
}

/** A time (ISO 8601) as manifests have it; pods live in UTC. */
function timestampOf(time: string): string {
  return new Date(time).toISOString().slice(0, 19).replace(/[T:]/g, '-');
}
