import { adjacencyText, type GraphSource, numberOf } from '../graph/index.ts';
import type { RunPlace, Summary } from '../storage/index.ts';
import type { Parameters } from '../strategies/index.ts';
import type { Manifest } from './manifest.ts';
import type { SimulationPlan } from './plan.ts';
import type { HistoryKind } from './play-run.ts';

/** What of a simulation, its graph and one execution stands in the objects of its runs. */
export interface RecordedExecution {
  readonly place: Omit<RunPlace, 'run'>;
  readonly history: HistoryKind;
  /** Null where the nodes draw from seeds that nobody told us. */
  readonly seed: number | null;
  readonly summary: Omit<Summary, 'rounds'>;
}

/** A graph's text beyond this would stand in every run's summary, and is left out. */
const LONGEST_ADJACENCY = 2 ** 20;
/** The same for communities, in nodes. */
const MOST_COMMUNITIES = 10_000;

/** What of a planned execution (from 1) on one graph (its index in the plan) is recorded. */
export function recordedExecution(
  plan: SimulationPlan,
  manifest: Manifest,
  graphIndex: number,
  execution: number,
): RecordedExecution {
  return {
    place: placeOfExecution(plan, graphIndex, execution),
    history: manifest.history,
    seed: plan.seed,
    summary: summaryOf(plan, manifest, graphIndex, plan.executions[execution - 1]),
  };
}

/** The place of a planned execution (from 1) on one graph (its index in the plan). */
export function placeOfExecution(
  plan: SimulationPlan,
  graphIndex: number,
  execution: number,
): Omit<RunPlace, 'run'> {
  return {
    simulation: plan.name,
    folder: plan.folder,
    graph: plan.graphs[graphIndex].source.name,
    execution,
    executions: plan.executions.length,
    repetitions: plan.spec.repetitions,
  };
}

function numberIn(parameters: Parameters, name: string): number | null {
  const value = parameters[name];
  return typeof value === 'number' ? value : null;
}

function summaryOf(
  plan: SimulationPlan,
  manifest: Manifest,
  graphIndex: number,
  parameters: Parameters,
): Omit<Summary, 'rounds'> {
  const { source } = plan.graphs[graphIndex];
  const adjacency =
    source.graph.edgeCount > LONGEST_ADJACENCY
      ? ''
      : (source.adjacencyText ?? adjacencyText(source.graph));
  return {
    timestamp: manifest.timestamp,
    algorithm: plan.algorithm.name,
    adjacencyText: adjacency === '' || adjacency.length > LONGEST_ADJACENCY ? null : adjacency,
    factor: numberIn(parameters, 'factor'),
    priorPartnerFactor: numberIn(parameters, 'priorPartnerFactor'),
    weightingParamA: numberIn(parameters, 'weightingParamA'),
    graphMetadata: {
      properties: source.properties,
      graphType: source.graphType,
      nodeCommunities: communitiesOf(source, adjacency, manifest.graphs[graphIndex].communities),
    },
    algorithmMetadata: plan.spec.simulationProperties,
  };
}

/** [number, community] in the order in which the adjacency list first names the nodes, as the published system has it. */
function communitiesOf(
  source: GraphSource,
  adjacency: string,
  communities: string | null,
): [number, number][] | null {
  const { graph } = source;
  if (communities === null || graph.nodeCount > MOST_COMMUNITIES) return null;
  const byNumber = new Map(
    communities.split(' ').map((community, node) => [numberOf(graph, node), Number(community)]),
  );
  const named = new Set([...adjacency.matchAll(/\d+/g)].map(([text]) => Number(text)));
  const order = named.size === byNumber.size ? named : byNumber.keys();
  return Array.from(order, (number) => [number, byNumber.get(number)!]);
}
