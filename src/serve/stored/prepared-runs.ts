import { basename } from 'node:path';
import { createCache } from '../../cache.ts';
import { GossipError } from '../../errors.ts';
import type { StoredSimulation } from '../../results/index.ts';
import { planOfManifest, type RunSetup, sampleOf, setupOf } from '../../runner/index.ts';
import { manifestKey } from '../../storage/index.ts';
import type { Strategies } from '../../strategies/index.ts';
import type { MeasuredGraphs } from './measured-graphs.ts';
import type { StoredGraph } from './stored-graphs.ts';

/** What runs are played again from; or why they cannot be, in words for people. */
export type Prepared = RunSetup | { readonly problem: string };

/** Prepares the runs of an execution (from 1) on a graph of a simulation that has a manifest. */
export type PrepareRuns = (
  simulation: StoredSimulation,
  graph: StoredGraph,
  execution: number,
) => Promise<Prepared>;

/** Nodes and edge ends of what is remembered, of up to 8 bytes each. */
const MOST_REMEMBERED = 4_000_000;

export function createPrepareRuns(strategies: Strategies, measured: MeasuredGraphs): PrepareRuns {
  const known = createCache<Prepared>({ most: MOST_REMEMBERED, weigh: sizeOf });

  async function prepare(
    { folder, manifest }: StoredSimulation,
    { source }: StoredGraph,
    execution: number,
  ): Promise<RunSetup> {
    const place = manifestKey(folder);
    const plan = await planOfManifest(manifest!, place, [source], strategies);
    const measurer = measured.measurer(sampleOf(manifest!));
    const options = { measurer, notice: () => {} };
    return setupOf(plan, manifest!, 0, execution - 1, options, false);
  }

  return (simulation, graph, execution) => {
    const { folder, manifest } = simulation;
    const key = JSON.stringify([folder, manifest!.id, graph.sha256, execution]);
    return known.get(key, async () => {
      const missing = strategyProblem(simulation, strategies);
      if (missing !== null) return { problem: missing };
      try {
        return await prepare(simulation, graph, execution);
      } catch (error) {
        if (!(error instanceof GossipError) || error.code !== 'input') throw error;
        // Where files of this server are is nobody's concern.
        const { file } = await strategies.load(manifest!.spec.algorithm);
        return { problem: error.message.replaceAll(file, basename(file)) };
      }
    });
  };
}

/** Why a simulation's strategy cannot be used, in words; null where it can. Its file is never looked for. */
function strategyProblem(
  { manifest, algorithm }: StoredSimulation,
  strategies: Strategies,
): string | null {
  if (strategies.names().includes(algorithm)) return null;
  return manifest!.strategy === null
    ? `there is no algorithm ${algorithm} in this version of gossip`
    : `${algorithm} is a strategy of its author's own, and this server was started without it (--strategies)`;
}

function sizeOf(prepared: Prepared): number {
  if ('problem' in prepared) return 1;
  const { nodeCount, neighbors } = prepared.host.graph;
  return nodeCount + neighbors.length;
}
