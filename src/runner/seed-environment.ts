import { inputError } from '../errors.ts';
import { type Graph, type GraphSource, numberOf, parseGraphResource } from '../graph/index.ts';
import { executionFolder, simulationFolder } from '../storage/index.ts';
import { executions, type Parameters } from '../strategies/index.ts';
import {
  type SeedNodeName,
  type SeedRunnerVariables,
  seedRunnerVariables,
} from './seed-variables.ts';

/** What the seed's environment tells its runner, fit together. */
export interface SeedEnvironment {
  readonly variables: SeedRunnerVariables;
  /** SIMULATION-SIMULATION_ID. */
  readonly folder: string;
  readonly graph: Graph;
  /** As ADJ_LIST has it, without the last comma. */
  readonly adjacencyText: string;
  /** In the order of play. */
  readonly nodes: readonly SeedNodeName[];
  /** The combinations of parameters, as the nodes themselves go through them. */
  readonly executions: readonly Parameters[];
}

/**
 * Reads the environment of the seed's runner.
 *
 * @throws GossipError `input` that names each variable that is wrong, and says what would be right
 */
export function readSeedEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): SeedEnvironment {
  const result = seedRunnerVariables.safeParse(variables);
  if (!result.success) throw wrong(result.error.issues);
  const { data } = result;
  const { graph } = parseAdjacency(data);
  const issues = [...contradictions(data, graph)];
  if (issues.length > 0) throw wrong(issues);
  const folder = simulationFolder(data.SIMULATION, data.SIMULATION_ID);
  executionFolder({ folder, graph: data.GRAPH_NAME, execution: 1, executions: 1 });
  return {
    variables: data,
    folder,
    graph,
    adjacencyText: data.ADJ_LIST.replace(/,\s*$/, ''),
    nodes: data.NODES,
    executions: executionsOf(data),
  };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function wrong(issues: readonly Issue[]) {
  const lines = issues.map(({ path, message }) => `${String(path[0])} ${message}`);
  return inputError(lines.join('\n        '));
}

function parseAdjacency({ ADJ_LIST, GRAPH_NAME }: SeedRunnerVariables): GraphSource {
  const adjacencyList = ADJ_LIST.replace(/,\s*$/, '').split(',');
  const resource = {
    apiVersion: 'gossip.io/v1',
    kind: 'Graph',
    metadata: { name: GRAPH_NAME },
    spec: { adjacencyList },
  };
  return parseGraphResource(resource, 'ADJ_LIST', () => undefined);
}

/** What each variable may be for itself, but not beside the others. */
function* contradictions(
  { NODES, NODE_COMMUNITIES }: SeedRunnerVariables,
  graph: Graph,
): Generator<Issue> {
  const numbers = new Set(
    Array.from({ length: graph.nodeCount }, (_, node) => numberOf(graph, node)),
  );
  const named = new Set(NODES.map(({ number }) => number));
  const stranger = NODES.find(({ number }) => !numbers.has(number));
  if (stranger !== undefined) {
    yield {
      path: ['NODES'],
      message: `names ${stranger.name}, but ADJ_LIST has no node ${stranger.number}: they must have the same nodes`,
    };
  }
  const missing = [...numbers].find((number) => !named.has(number));
  if (missing !== undefined) {
    yield {
      path: ['NODES'],
      message: `has no name that ends in -n${missing}, but ADJ_LIST has the node ${missing}: they must have the same nodes`,
    };
  }
  if (NODE_COMMUNITIES === null) return;
  const known = new Set(NODE_COMMUNITIES.map(([number]) => number));
  const without = [...numbers].find((number) => !known.has(number));
  if (
    without !== undefined ||
    known.size !== numbers.size ||
    NODE_COMMUNITIES.length !== known.size
  ) {
    const what =
      without === undefined ? 'has nodes twice or not in ADJ_LIST' : `has no node ${without}`;
    yield {
      path: ['NODE_COMMUNITIES'],
      message: `${what}: it must have each node of ADJ_LIST once`,
    };
  }
}

/** The nodes know which parameters their algorithm has; here those are it has whose lists are given. */
function executionsOf(variables: SeedRunnerVariables): Parameters[] {
  const { FACTOR, PRIOR_PARTNER_FACTOR, WEIGHTING_PARAM_A } = variables;
  const given = Object.entries({
    factor: FACTOR,
    priorPartnerFactor: PRIOR_PARTNER_FACTOR,
    weightingParamA: WEIGHTING_PARAM_A,
  }).flatMap(([name, list]) => (list === undefined ? [] : [[name, [...list]] as const]));
  const parameters = Object.fromEntries(
    given.map(([name, [first]]) => [
      name,
      { type: 'number', description: name, default: first } as const,
    ]),
  );
  return executions({ name: variables.ALGORITHM, parameters }, Object.fromEntries(given));
}
