import { adjacencyText, type GraphSource, numberOf } from '../graph/index.ts';
import { mean } from '../statistics/index.ts';
import {
  averageKey,
  averageObject,
  changesKey,
  historyKey,
  nodesKey,
  parseRunObject,
  type RunPlace,
  type RunRow,
  runKey,
  runObject,
  type Storage,
  type Summary,
  summaryKey,
  summaryObject,
} from '../storage/index.ts';
import type { Parameters } from '../strategies/index.ts';
import type { Manifest } from './manifest.ts';
import type { SimulationPlan } from './plan.ts';
import type { RunOutcome } from './play-run.ts';

/** A graph's text beyond this would stand in every run's summary, and is left out. */
const LONGEST_ADJACENCY = 2 ** 20;
/** The same for communities, in nodes. */
const MOST_COMMUNITIES = 10_000;
const JSON_TYPE = { contentType: 'application/json' };

/** Where the objects of one simulation on one graph and execution go. */
export interface Recorder {
  /** The row of a run that was finished before; null where it was not. */
  finished(repetition: number): Promise<RunRow | null>;
  /** Writes a run's objects, the row last. */
  record(repetition: number, outcome: RunOutcome): Promise<RunRow>;
  /** Writes the average over all repetitions, where there are several. */
  average(rows: readonly RunRow[]): Promise<void>;
}

/** A recorder of one execution (from 1) on one graph (its index in the plan). */
export function createRecorder(
  storage: Storage,
  plan: SimulationPlan,
  manifest: Manifest,
  graphIndex: number,
  execution: number,
): Recorder {
  const { source } = plan.graphs[graphIndex];
  const parameters = plan.executions[execution - 1];
  const { repetitions } = plan.spec;
  const place = (run: number): RunPlace => ({
    simulation: plan.name,
    folder: plan.folder,
    graph: source.name,
    execution,
    executions: plan.executions.length,
    run,
    repetitions,
  });
  const shared = summaryOf(plan, manifest, graphIndex, parameters);

  return {
    async finished(repetition) {
      const key = runKey(place(repetition));
      const bytes = await storage.get(key);
      return bytes === null ? null : parseRunObject(bytes, `${storage.describe()}/${key}`);
    },
    async record(run, outcome) {
      const at = place(run);
      if (outcome.history !== null) {
        const rounds = manifest.history === 'rounds';
        await storage.put(rounds ? historyKey(at) : changesKey(at), outcome.history, JSON_TYPE);
      }
      await storage.put(
        summaryKey(at),
        summaryObject({ ...shared, rounds: outcome.rounds }),
        JSON_TYPE,
      );
      const row = rowOf(plan, source.name, parameters, execution, run, outcome);
      await storage.put(runKey(at), runObject(row), JSON_TYPE);
      return row;
    },
    async average(rows) {
      if (repetitions === 1) return;
      const rounds = mean(rows.map((row) => row.num_rounds));
      await storage.put(averageKey(place(1)), averageObject({ ...shared, rounds }), JSON_TYPE);
    },
  };
}

/** Writes the nodes of a graph whose labels are not its numbers: `number,label`. */
export async function recordNodes(
  storage: Storage,
  folder: string,
  source: GraphSource,
): Promise<void> {
  const { labels } = source.graph;
  if (labels === null) return;
  const quoted = (label: string) =>
    /[",\r\n]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label;
  const lines = labels.map((label, node) => `${numberOf(source.graph, node)},${quoted(label)}\n`);
  await storage.put(nodesKey({ folder, graph: source.name }), `number,label\n${lines.join('')}`, {
    contentType: 'text/csv',
  });
}

function rowOf(
  plan: SimulationPlan,
  graph: string,
  parameters: Parameters,
  execution: number,
  run: number,
  outcome: RunOutcome,
): RunRow {
  return {
    simulation: plan.name,
    graph,
    algorithm: plan.algorithm.name,
    factor: numberIn(parameters, 'factor'),
    prior_partner_factor: numberIn(parameters, 'priorPartnerFactor'),
    weighting_param_a: numberIn(parameters, 'weightingParamA'),
    execution,
    run,
    seed: plan.seed,
    num_rounds: outcome.rounds,
    converged: outcome.converged,
    value: outcome.value,
    exchanges: outcome.exchanges,
    useful: outcome.useful,
    t50: outcome.t50,
    t90: outcome.t90,
    t99: outcome.t99,
    max_load: Math.round(outcome.maxLoad * 1e4) / 1e4,
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
    source.adjacencyText ??
    (source.graph.edgeCount > LONGEST_ADJACENCY ? '' : adjacencyText(source.graph));
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
