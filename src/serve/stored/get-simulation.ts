import type { MessageInitShape } from '@bufbuild/protobuf';
import { createCache } from '../../cache.ts';
import type {
  ExecutionSchema,
  GetSimulationRequest,
  GetSimulationResponseSchema,
  GraphSummarySchema,
} from '../../gen/gossip/v1/simulation_pb.ts';
import { inOrder } from '../../results/in-order.ts';
import type { StoredSimulation } from '../../results/index.ts';
import { type SummarizedRun, summarize } from '../../runner/index.ts';
import { manifestKey, type Storage } from '../../storage/index.ts';
import { parametersOf, parametersOfRun } from './executions.ts';
import type { FindSimulation } from './find.ts';
import { simulationMessage, summaryMessage, uint32, wellFormed } from './messages.ts';
import { allOf, type RowsOf, stateOf } from './rows.ts';
import type { GraphOf } from './stored-graphs.ts';

type Response = MessageInitShape<typeof GetSimulationResponseSchema>;
type GraphSummary = MessageInitShape<typeof GraphSummarySchema>;
type Execution = MessageInitShape<typeof ExecutionSchema>;

/** Answers that are remembered; most are a few kilobytes. */
const MOST_REMEMBERED = 32;
/** Graphs read at once: a storage may be far away. */
const AT_ONCE = 8;

/** SimulationService.getSimulation. */
export function getSimulation(
  storage: Storage,
  find: FindSimulation,
  rowsOf: RowsOf,
  graphOf: GraphOf,
) {
  const answers = createCache<Response>({ most: MOST_REMEMBERED, weigh: () => 1 });

  async function answer(simulation: StoredSimulation): Promise<Response> {
    const { folder, manifest, graphs } = simulation;
    const summaries: ReturnType<typeof summaryMessage>[] = [];
    const executions = new Map(manifestExecutions(simulation));
    for await (const { graph, execution, parameters, runs } of groupsOf(rowsOf(simulation, null))) {
      summaries.push(summaryMessage(graph, execution, summarize(runs)));
      if (!executions.has(execution)) executions.set(execution, { execution, parameters });
    }
    const text = manifest === null ? null : await storage.get(manifestKey(folder));
    return {
      simulation: simulationMessage(simulation),
      manifest: text === null ? '' : new TextDecoder().decode(text),
      graphs:
        manifest?.graphs.map(graphSummary) ??
        (await allOf(inOrder(graphs, AT_ONCE, (graph) => publishedSummary(simulation, graph)))),
      executions: [...executions.values()].sort((a, b) => a.execution! - b.execution!),
      summaries,
    };
  }

  async function publishedSummary(
    simulation: StoredSimulation,
    name: string,
  ): Promise<GraphSummary> {
    const found = await graphOf(simulation, name).catch(() => null);
    // Its summaries need not say what it was.
    if (found === null) return { name: wellFormed(name) };
    const { nodeCount, edgeCount } = found.source.graph;
    return { name: wellFormed(name), nodes: nodeCount, edges: edgeCount, sha256: found.sha256 };
  }

  return async ({ folder }: GetSimulationRequest): Promise<Response> => {
    const simulation = await find(folder);
    return answers.get(stateOf(simulation), () => answer(simulation));
  };
}

function graphSummary({
  name,
  nodes,
  edges,
  sha256,
}: {
  name: string;
  nodes: number;
  edges: number;
  sha256: string;
}): GraphSummary {
  return {
    name: wellFormed(name),
    nodes: uint32(nodes),
    edges: uint32(edges),
    sha256: wellFormed(sha256),
  };
}

function* manifestExecutions(simulation: StoredSimulation): Generator<[number, Execution]> {
  for (const index of simulation.manifest?.executions.keys() ?? []) {
    const execution = index + 1;
    yield [execution, { execution, parameters: wellFormed(parametersOf(simulation, execution)!) }];
  }
}

/** Runs of one execution on one graph. */
interface Group {
  readonly graph: string;
  readonly execution: number;
  /** As one of its runs has them. */
  readonly parameters: string;
  readonly runs: SummarizedRun[];
}

/** The groups that rows in their order make; one is held at a time, and of its rows what a summary takes. */
async function* groupsOf(rows: ReturnType<RowsOf>): AsyncGenerator<Group> {
  let group: Group | null = null;
  for await (const row of rows) {
    const { graph, execution, num_rounds, converged, t99, max_load } = row;
    if (group === null || group.graph !== graph || group.execution !== execution) {
      if (group !== null) yield group;
      group = { graph, execution, parameters: parametersOfRun(row), runs: [] };
    }
    group.runs.push({ num_rounds, converged, t99, max_load });
  }
  if (group !== null) yield group;
}
