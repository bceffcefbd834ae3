import { createCache } from '../../cache.ts';
import type { Layout } from '../../pictures/layout.ts';
import type { Measurer } from '../../runner/index.ts';
import type { GraphWork, GraphWorkDone } from './graph-work.ts';
import type { WorkOnGraph } from './graph-worker.ts';

/** A graph that is measured. */
type Measured = Pick<GraphWork, 'graph' | 'name' | 'words'>;

/** What was measured of graphs and where their nodes lie, made once for all who ask. */
export interface MeasuredGraphs {
  /** Where nodes lie: a function of the graph alone. */
  layout(graph: Measured): Promise<Layout>;
  /** The communities under a seed, by node. */
  communities(graph: Measured, seed: number): Promise<Uint32Array>;
  /** Throws GossipError `input` where the measure is not defined on the graph, or would take too long. */
  scores(
    graph: Measured,
    measure: 'betweenness' | 'eigenvector' | 'hubScore',
    seed: number,
    sample: number | null,
  ): Promise<Float64Array>;
  /** What a simulation's nodes know, betweenness estimated from `sample` pivots where it is not null. */
  measurer(sample: number | null): Measurer;
}

/** Bytes of measures and layouts that are remembered. */
const MOST_REMEMBERED = 64 * 2 ** 20;

export function createMeasuredGraphs(work: WorkOnGraph): MeasuredGraphs {
  const known = createCache<GraphWorkDone>({ most: MOST_REMEMBERED, weigh: bytesOf });

  function get(
    { graph, name, words }: Measured,
    wanted: GraphWork['wanted'],
    seed: number,
    sample: number | null,
  ): Promise<GraphWorkDone> {
    const key = JSON.stringify([words, wanted, seed, sample]);
    return known.get(key, () => work({ graph, name, words, wanted, seed, sample }));
  }

  const measured: MeasuredGraphs = {
    layout: async (graph) => (await get(graph, 'layout', 0, null)).layout!,
    communities: async (graph, seed) => (await get(graph, 'community', seed, null)).communities!,
    async scores(graph, measure, seed, sample) {
      // Only draws follow from a seed.
      const isDrawn = measure === 'betweenness' && sample !== null;
      const found = await get(graph, measure, isDrawn ? seed : 0, isDrawn ? sample : null);
      return found[measure]!;
    },
    measurer: (sample) => ({
      async measure({ source, words, decimals }, measures, seed) {
        const graph = { graph: source.graph, name: source.name, words };
        const found: Promise<object>[] = [];
        if (measures.some((measure) => /^community|^sameCommunity/.test(measure))) {
          found.push(measured.communities(graph, seed).then((communities) => ({ communities })));
        }
        for (const measure of ['betweenness', 'eigenvector', 'hubScore'] as const) {
          if (!measures.includes(measure)) continue;
          const scores = measured.scores(graph, measure, seed, sample);
          found.push(scores.then((values) => ({ [measure]: values })));
        }
        return Object.assign({ decimals }, ...(await Promise.all(found)));
      },
    }),
  };
  return measured;
}

function bytesOf({ layout, ...measures }: GraphWorkDone): number {
  const arrays = [...Object.values(measures), layout?.x, layout?.y];
  return arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), 0);
}
