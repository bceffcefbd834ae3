import { inputError } from '../../errors.ts';
import type { Graph } from '../../graph/graph.ts';
import {
  communities,
  estimateBetweennessSeconds,
  type NodeMeasures,
} from '../../graph/measures/index.ts';
import { deriveKey, Purpose, seedWords, sequence } from '../../host/random.ts';
import { type Layout, layOut } from '../../pictures/layout.ts';
import { createMeasurer } from '../../runner/measures.ts';
import { secondsText } from '../../runner/needs-text.ts';

/** What takes long of a graph. */
export interface GraphWork {
  /** Without labels. */
  readonly graph: Graph;
  /** For messages. */
  readonly name: string;
  /** The content's hash as words, which enter every draw. */
  readonly words: readonly number[];
  readonly wanted: 'layout' | 'community' | 'betweenness' | 'eigenvector' | 'hubScore';
  /** What the draws of communities and of pivots follow from; not used of a layout, which is the same under all. */
  readonly seed: number;
  /** Pivots that betweenness is estimated from; null: it is exact. */
  readonly sample: number | null;
}

/** One of them: what was wanted. */
export type GraphWorkDone = Omit<NodeMeasures, 'decimals'> & { readonly layout?: Layout };

/** Callers do not wait longer. */
const LONGEST_SECONDS = 120;

/**
 * Lays a graph out, or measures it.
 *
 * @param longest seconds that betweenness may take
 * @throws GossipError `input` where a measure is not defined on the graph, or would take too long
 */
export async function doGraphWork(
  work: GraphWork,
  longest = LONGEST_SECONDS,
): Promise<GraphWorkDone> {
  const { graph, name, words, wanted, seed, sample } = work;
  if (wanted === 'layout') {
    const draw = sequence(deriveKey([Purpose.community, ...seedWords(0), ...words]));
    return { layout: layOut(graph, communities(graph, draw)) };
  }
  if (wanted === 'betweenness' && sample === null) refuseLong(work, longest);
  const measurer = createMeasurer({ jobs: 1, exact: true, sample, notice: () => {} });
  const planned = { source: { graph, name }, words, decimals: null };
  const { decimals: _, ...measures } = await measurer.measure(planned, [wanted], seed);
  return measures;
}

function refuseLong({ graph, name }: GraphWork, longest: number): void {
  const seconds = estimateBetweennessSeconds(graph, 1);
  if (seconds <= longest) return;
  throw inputError(
    `betweenness of ${name} would take about ${secondsText(seconds)}, and at most ${secondsText(longest)} are waited for`,
  );
}
