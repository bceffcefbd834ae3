import { type Graph, numberOf } from '../graph/index.ts';
import { isDrawn, mostRounds } from '../pictures/limits.ts';
import type { Measure } from '../strategies/index.ts';
import type { SimulationPlan } from './plan.ts';
import type { HistoryKind } from './play-run.ts';
import { historyOf } from './run.ts';

/** What must be known of a simulation to say what it will need. */
export interface SimulationSizes {
  readonly name: string;
  /** Combinations of parameters. */
  readonly executions: number;
  readonly repetitions: number;
  readonly memory: 'none' | 'plain' | 'complex';
  /** What its strategy must know of nodes; [] where it picks uniformly. */
  readonly measures: readonly Measure[];
  readonly aggregate: 'minimum' | 'maximum' | 'mean';
  readonly history: HistoryKind;
  /** In the order of play. */
  readonly graphs: readonly GraphSizes[];
}

/** What must be known of a graph. */
export interface GraphSizes {
  readonly name: string;
  readonly nodes: number;
  readonly edges: number;
  /** The share of its nodes that begin with the value that spreads. */
  readonly informed: number;
  /** What its Graph resource takes as JSON, in bytes. */
  readonly resourceBytes: number;
  /** Up to how many rounds a run leaves pictures; 0: none are asked for, or it is too large. */
  readonly picturedRounds: number;
  /** Whether these are GIF and PNG as well, and not GEXF alone. */
  readonly isDrawn: boolean;
}

/** Start values drawn at random are of so many. */
const RANDOM_VALUES = 101;
/** What a Graph resource says beside its lines. */
const METADATA = 400;

/** The sizes of a plan. */
export function sizesOf(plan: SimulationPlan, history: HistoryKind | null = null): SimulationSizes {
  const { algorithm, executions, spec, aggregate, graphs } = plan;
  return {
    name: plan.name,
    executions: executions.length,
    repetitions: spec.repetitions,
    memory: algorithm.memory,
    measures: algorithm.strategy.measures,
    aggregate,
    history: historyOf(plan, history),
    graphs: graphs.map(({ source: { name, graph, valueList }, start }) => ({
      name,
      nodes: graph.nodeCount,
      edges: graph.edgeCount,
      informed: start.kind === 'random' ? 1 / RANDOM_VALUES : 1 / graph.nodeCount,
      resourceBytes: METADATA + (valueList?.length ?? 0) + linesBytes(graph),
      picturedRounds: spec.visualize ? mostRounds(graph) : 0,
      isDrawn: isDrawn(graph),
    })),
  };
}

/** The bytes of a graph's adjacency list as JSON, and of its labels where it has some. */
function linesBytes(graph: Graph): number {
  const { nodeCount, offsets, neighbors, labels } = graph;
  const digits = Uint8Array.from(
    { length: nodeCount },
    (_, node) => String(numberOf(graph, node)).length,
  );
  // Two quotes and a comma a line; a blank before each neighbor.
  let bytes = 0;
  for (let node = 0; node < nodeCount; node++) {
    bytes += digits[node] + 3;
    for (let slot = offsets[node]; slot < offsets[node + 1]; slot++) {
      if (neighbors[slot] > node) bytes += digits[neighbors[slot]] + 1;
    }
  }
  for (const label of labels ?? []) bytes += Buffer.byteLength(label) + 3;
  return bytes;
}
