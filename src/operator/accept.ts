import { GossipError, inputError } from '../errors.ts';
import { graphFromEdges } from '../graph/csr.ts';
import type { GraphSource } from '../graph/index.ts';
import {
  type DeploymentSpec,
  type Limits,
  needsOf,
  planOn,
  type SimulationPlan,
  type SimulationSpec,
  sizesOf,
  withSeed,
} from '../runner/index.ts';
import { openStrategies, type Strategies } from '../strategies/index.ts';
import type { Acceptance } from './acceptance.ts';
import { type AcceptedGraph, onHosts, podsOf } from './objects/index.ts';
import type { SelectedGraphs } from './read-graphs.ts';

/** What is asked for, and what there is for it. */
export interface Request {
  readonly name: string;
  readonly namespace: string;
  readonly spec: SimulationSpec;
  readonly deployment: DeploymentSpec;
  readonly selected: SelectedGraphs;
  readonly limits: Limits;
}

/**
 * Whether a Simulation can be played, as its runner would say it. Strategies of the user's are never loaded here: where
 * some are named, an algorithm that is not known is left to the runner. Never throws a GossipError.
 */
export async function accept(request: Request): Promise<Acceptance> {
  try {
    return await judge(request);
  } catch (error) {
    if (!(error instanceof GossipError)) throw error;
    return refusal(error);
  }
}

/** The same for what could not even be read. */
export function refusal({ message }: GossipError): Acceptance {
  const reason = REASONS.find(([begin]) => message.startsWith(begin))?.[1] ?? 'InvalidSpec';
  return { accepted: false, reason, message };
}

const ALGORITHM = 'spec.algorithm';
const SELECTOR = 'spec.graphSelector';

/** By how messages begin. */
const REASONS = [
  [ALGORITHM, 'UnknownAlgorithm'],
  [SELECTOR, 'NoGraph'],
  ['Graph ', 'InvalidGraph'],
] as const;

async function judge(request: Request): Promise<Acceptance> {
  const { name, namespace, spec, deployment, selected } = request;
  const { graphs, stored } = selected;
  const strategies = openStrategies();
  const known = await isKnown(spec, deployment, strategies);
  if (graphs.length + stored.length === 0) throw noGraph(spec, namespace);
  const plan = await planOf(name, known ? spec : withoutAlgorithm(spec), graphs, strategies);
  const accepted = acceptedGraphs(plan, selected);
  const problems = misfits(plan, accepted, request);
  if (problems.length > 0)
    return { accepted: false, reason: 'DoesNotFit', message: problems.join('; ') };
  const runs = known ? accepted.length * plan.executions.length * spec.repetitions : null;
  const isWhole = known && stored.length === 0;
  return {
    accepted: true,
    graphs: accepted,
    runs,
    folder: isWhole ? (seed) => withSeed(plan, seed).folder : null,
    message: [summaryOf(accepted, deployment, runs), ...plan.warnings].join('; '),
  };
}

/** What does not fit, a sentence each without its end. */
function misfits(
  plan: SimulationPlan,
  accepted: readonly AcceptedGraph[],
  { deployment, limits }: Request,
): readonly string[] {
  const sizes = sizesOf(plan);
  const graphs = accepted.map(({ name, nodes, edges = nodes * EDGES_A_NODE }) => {
    const known = sizes.graphs.find((graph) => graph.name === name);
    return known ?? { ...STORED, name, nodes, edges, informed: 1 / nodes };
  });
  return needsOf({ ...sizes, graphs }, { on: 'kubernetes', deployment }, limits).problems;
}

/** Of a graph that is only stored, so many edges a node are reckoned with. */
const EDGES_A_NODE = 10;
const STORED = { resourceBytes: 400, picturedRounds: 0, isDrawn: false };

/** Throws where nobody knows the algorithm. */
async function isKnown(
  { algorithm }: SimulationSpec,
  { strategies: ownStrategies }: DeploymentSpec,
  strategies: Strategies,
): Promise<boolean> {
  if (strategies.names().includes(algorithm)) return true;
  if (ownStrategies !== undefined) return false;
  try {
    await strategies.load(algorithm);
  } catch (error) {
    throw inputError(`${ALGORITHM}: ${(error as Error).message}`, { cause: error });
  }
  return true;
}

/** The plan of the graphs that are known. Where all are only stored, it stands for what the spec alone says. */
function planOf(
  name: string,
  spec: SimulationSpec,
  graphs: readonly GraphSource[],
  strategies: Strategies,
): Promise<SimulationPlan> {
  const place = 'spec';
  const seed = spec.seed ?? 0;
  if (graphs.length > 0) return planOn({ name, spec, place }, graphs, strategies, seed);
  const startless = { ...spec, start: undefined, source: undefined };
  return planOn({ name, spec: startless, place }, [PAIR], strategies, seed);
}

/** Two nodes that know each other. */
const PAIR: GraphSource = {
  name: 'pair',
  labels: {},
  graph: graphFromEdges(2, Uint32Array.of(0), Uint32Array.of(1)),
  graphType: 'undefined',
  valueList: null,
  properties: {},
  adjacencyText: null,
  file: 'pair',
  warnings: [],
};

/** The spec without what only a user's strategy knows. */
function withoutAlgorithm(spec: SimulationSpec): SimulationSpec {
  return { ...spec, algorithm: 'default', parameters: {} };
}

function acceptedGraphs(plan: SimulationPlan, { graphs, stored }: SelectedGraphs): AcceptedGraph[] {
  const read = graphs.length === 0 ? [] : plan.graphs;
  return [
    ...read.map(({ source: { name, graph }, sha256 }) => ({
      name,
      sha256,
      nodes: graph.nodeCount,
      edges: graph.edgeCount,
    })),
    ...stored.map(({ name, nodes }) => ({ name, nodes })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function noGraph({ graphSelector }: SimulationSpec, namespace: string): GossipError {
  const labels = Object.entries(graphSelector.matchLabels).map(
    ([key, value]) => `${key}: ${value}`,
  );
  return inputError(
    `${SELECTOR} ${labels.join(', ')} matches no Graph in the namespace ${namespace}; it is looked for again`,
  );
}

function summaryOf(
  graphs: readonly AcceptedGraph[],
  deployment: DeploymentSpec,
  runs: number | null,
): string {
  const most = Math.max(...graphs.map(({ nodes }) => nodes));
  const least = Math.min(...graphs.map(({ nodes }) => nodes));
  const size = most === least ? `${most} nodes` : `${least} to ${most} nodes`;
  const pods = podsOf(deployment, most);
  return [
    graphs.length === 1 ? `a graph of ${size}` : `${graphs.length} graphs of ${size}`,
    onHosts(deployment) ? `${pods} hosts` : `${pods} workers`,
    ...(runs === null ? [] : [`${runs} runs`]),
  ].join(', ');
}
