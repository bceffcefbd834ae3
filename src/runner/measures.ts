import { inputError } from '../errors.ts';
import type { GraphSource } from '../graph/index.ts';
import {
  betweenness,
  communities,
  eigenvector,
  estimateBetweennessSeconds,
  hubScore,
  type NodeMeasures,
  type Scores,
} from '../graph/measures/index.ts';
import { deriveKey, Purpose, seedWords, sequence } from '../host/random.ts';
import type { Measure } from '../strategies/index.ts';
import type { PlannedGraph } from './plan.ts';

/** How measures may be computed, and whom to tell. */
export interface MeasureOptions {
  /** Worker threads. */
  readonly jobs: number;
  /** Compute betweenness exactly even where it takes long. */
  readonly exact: boolean;
  /** Estimate betweenness from so many pivots; null: do not. */
  readonly sample: number | null;
  readonly signal?: AbortSignal;
  /** Told in a sentence what will take long, or how exact a number is. */
  readonly notice: (text: string) => void;
}

/** What is read of a graph that is measured. */
export interface MeasurableGraph extends Pick<PlannedGraph, 'words' | 'decimals'> {
  readonly source: Pick<GraphSource, 'name' | 'graph'>;
}

/** Computes what strategies must know of a graph, each measure once a graph and seed. */
export interface Measurer {
  /** Throws GossipError `input` where a measure is not defined on the graph or would take too long. */
  measure(
    graph: MeasurableGraph,
    measures: readonly Measure[],
    seed: number,
  ): Promise<NodeMeasures>;
}

/** Above this, betweenness is computed only where it is asked for. */
const LONGEST_SECONDS = 600;
/** From here on people are told before it begins. */
const NOTABLE_SECONDS = 5;

/** A measurer that remembers what it has computed, while the graphs are in use. */
export function createMeasurer(options: MeasureOptions): Measurer {
  const known = new WeakMap<
    MeasurableGraph['source'],
    Map<string, Promise<Uint32Array | Float64Array>>
  >();

  function once<T extends Uint32Array | Float64Array>(
    source: MeasurableGraph['source'],
    name: string,
    compute: () => Promise<T>,
  ): Promise<T> {
    const ofGraph = known.get(source) ?? new Map();
    known.set(source, ofGraph);
    if (!ofGraph.has(name)) ofGraph.set(name, compute());
    return ofGraph.get(name);
  }

  return {
    async measure({ source, words, decimals }, measures, seed) {
      const { graph } = source;
      const keyOf = (purpose: number) => deriveKey([purpose, ...seedWords(seed), ...words]);
      const wants = (...names: Measure[]) => names.some((name) => measures.includes(name));
      const result: { -readonly [Name in keyof NodeMeasures]: NodeMeasures[Name] } = { decimals };
      if (wants('community', 'sameCommunity', 'communityProbability')) {
        result.communities = await once(source, `communities ${seed}`, async () =>
          communities(graph, sequence(keyOf(Purpose.community))),
        );
      }
      if (wants('betweenness')) {
        const draw = sequence(keyOf(Purpose.pivot));
        result.betweenness = await once(
          source,
          `betweenness ${options.sample === null ? '' : seed}`,
          () => betweennessOf(source, draw, options),
        );
      }
      if (wants('eigenvector')) {
        result.eigenvector = await once(source, 'eigenvector', async () =>
          defined(source, 'eigenvector centrality', eigenvector(graph)),
        );
      }
      if (wants('hubScore')) {
        result.hubScore = await once(source, 'hubScore', async () =>
          defined(source, 'the hub score', hubScore(graph)),
        );
      }
      return result;
    },
  };
}

/**
 * Says how long exact betweenness of a graph will take, where that is long. Throws GossipError `input` where it is over
 * ten minutes and was not asked for.
 *
 * @param estimate seconds, by graph and worker threads
 */
export function announceBetweenness(
  { graph, name }: MeasurableGraph['source'],
  { jobs, exact, notice }: Pick<MeasureOptions, 'jobs' | 'exact' | 'notice'>,
  estimate = estimateBetweennessSeconds,
): void {
  const seconds = estimate(graph, jobs);
  if (seconds > LONGEST_SECONDS && !exact) {
    throw inputError(
      `${name}: exact betweenness of ${graph.nodeCount} nodes would take about ${duration(seconds)}; give --exact to wait for it, or --sample K to estimate it from K nodes`,
    );
  }
  if (seconds >= NOTABLE_SECONDS)
    notice(`${name}: computing betweenness takes about ${duration(seconds)}`);
}

async function betweennessOf(
  source: MeasurableGraph['source'],
  draw: () => number,
  { jobs, exact, sample, signal, notice }: MeasureOptions,
): Promise<Float64Array> {
  const { graph, name } = source;
  if (sample !== null) {
    const { scores, errorBound } = await betweenness(graph, {
      jobs,
      signal,
      sample: { count: sample, draw },
    });
    notice(
      `${name}: betweenness is estimated from ${Math.min(sample, graph.nodeCount)} of ${graph.nodeCount} nodes; no node's error exceeds ${errorBound.toPrecision(2)} with 95 % probability`,
    );
    return scores;
  }
  announceBetweenness(source, { jobs, exact, notice });
  return (await betweenness(graph, { jobs, signal })).scores;
}

function defined({ name }: MeasurableGraph['source'], what: string, scores: Scores): Float64Array {
  if (scores.scores !== null) return scores.scores;
  throw inputError(
    `${name}: ${what} is not defined on this graph: ${scores.reason}; choose an algorithm that does not need it`,
  );
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
