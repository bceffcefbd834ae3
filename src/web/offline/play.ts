import { graphFromEdges } from '../../graph/csr.ts';
import type { Graph } from '../../graph/graph.ts';
import type { HostConfiguration, Start } from '../../host/index.ts';
import type { ExportedPlay, ExportedStart } from './exported.ts';

/** What exported runs are played from, on the graph of these edges, as the results' own were. */
export function hostOf(
  play: ExportedPlay,
  edges: { readonly nodes: number; readonly sources: number[]; readonly targets: number[] },
  words: readonly number[],
): HostConfiguration {
  const { seed, memory, priorPartnerFactor, aggregate, schedule, redraw, tolerance } = play;
  return {
    ...{ seed, memory, priorPartnerFactor, aggregate, schedule, redraw, tolerance },
    graph: graphFromEdges(
      edges.nodes,
      Uint32Array.from(edges.sources),
      Uint32Array.from(edges.targets),
    ),
    graphWords: words,
    weights: play.weights === null ? null : Float64Array.from(play.weights),
    start:
      play.start.kind === 'values'
        ? { kind: 'values', values: Float64Array.from(play.start.values) }
        : play.start,
  };
}

/** The inverse of hostOf; the graph is kept apart. */
export function playOf(
  host: HostConfiguration,
  rest: Pick<ExportedPlay, 'graph' | 'execution' | 'on' | 'maxRounds'>,
): ExportedPlay {
  const { seed, memory, priorPartnerFactor, aggregate, schedule, redraw, tolerance } = host;
  return {
    ...rest,
    ...{ seed, memory, priorPartnerFactor, aggregate, schedule, redraw, tolerance },
    weights: host.weights === null ? null : Array.from(host.weights),
    start: startOf(host.start, host.graph),
  };
}

function startOf(start: Start, { numbers, nodeCount }: Graph): ExportedStart {
  if (start.kind === 'values') return { kind: 'values', values: Array.from(start.values) };
  if (start.kind !== 'numbers') return start;
  const values = Array.from({ length: nodeCount }, (_, node) => numbers?.[node] ?? node);
  return { kind: 'values', values };
}
