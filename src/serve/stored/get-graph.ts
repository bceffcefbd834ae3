import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  GetGraphRequest,
  GetGraphResponseSchema,
  GetMeasureRequest,
  GetMeasureResponseSchema,
} from '../../gen/gossip/v1/simulation_pb.ts';
import { degreeOf, type Graph } from '../../graph/index.ts';
import type { StoredSimulation } from '../../results/index.ts';
import { sampleOf } from '../../runner/index.ts';
import { type FindSimulation, shown } from './find.ts';
import type { MeasuredGraphs } from './measured-graphs.ts';
import { invalid } from './refusals.ts';
import { type GraphOf, namesOf, type StoredGraph } from './stored-graphs.ts';

const SCORES = ['betweenness', 'eigenvector', 'hubScore'] as const;

/** SimulationService.getGraph. */
export function getGraph(find: FindSimulation, graphOf: GraphOf, measured: MeasuredGraphs) {
  return async (
    request: GetGraphRequest,
  ): Promise<MessageInitShape<typeof GetGraphResponseSchema>> => {
    const simulation = await find(request.folder);
    const stored = await graphOf(simulation, request.graph);
    const graph = measuredOf(stored);
    const [communities, { x, y }] = await Promise.all([
      measured.communities(graph, seedOf(simulation)),
      measured.layout(graph),
    ]);
    return {
      graph: {
        name: request.graph,
        names: namesOf(stored),
        ...edgesOf(stored.source.graph),
        x: Array.from(x),
        y: Array.from(y),
        communities: Array.from(communities),
      },
    };
  };
}

/** SimulationService.getMeasure. */
export function getMeasure(find: FindSimulation, graphOf: GraphOf, measured: MeasuredGraphs) {
  return async (
    request: GetMeasureRequest,
  ): Promise<MessageInitShape<typeof GetMeasureResponseSchema>> => {
    const score = SCORES.find((name) => name === request.measure);
    if (score === undefined && request.measure !== 'degree') {
      throw invalid(
        `measure: it is ${shown(request.measure)}, and must be degree or one of ${SCORES.join(', ')}`,
      );
    }
    const simulation = await find(request.folder);
    const stored = await graphOf(simulation, request.graph);
    if (score === undefined) return { values: degreesOf(stored.source.graph) };
    const sample = simulation.manifest && sampleOf(simulation.manifest);
    const scores = await measured.scores(measuredOf(stored), score, seedOf(simulation), sample);
    return { values: Array.from(scores) };
  };
}

/** Where it is not known, communities follow from 0. */
function seedOf({ seed }: StoredSimulation): number {
  return seed ?? 0;
}

function measuredOf({ source, words }: StoredGraph) {
  return { graph: source.graph, name: source.name, words };
}

function degreesOf(graph: Graph): number[] {
  return Array.from({ length: graph.nodeCount }, (_, node) => degreeOf(graph, node));
}

/** The ends of each edge as GraphPicture has them. */
export function edgesOf({ nodeCount, offsets, neighbors }: Graph) {
  const sources: number[] = [];
  const targets: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = offsets[node]; slot < offsets[node + 1]; slot++) {
      if (neighbors[slot] < node) continue;
      sources.push(node);
      targets.push(neighbors[slot]);
    }
  }
  return { sources, targets };
}
