import { type GossipError, inputError } from '../errors.ts';
import { type GraphSource, sourceHash } from '../graph/index.ts';
import { simulationFolder } from '../storage/index.ts';
import type { Strategies } from '../strategies/index.ts';
import type { Manifest } from './manifest.ts';
import { planOn, type SimulationPlan, simulationId } from './plan.ts';

/**
 * The plan of a manifest on its graphs, in its order, or on some of them; `place` names it in messages. Throws
 * GossipError `input` where a graph or the strategy is not the one that it was made with, or the manifest is not what
 * its id says.
 */
export async function planOfManifest(
  manifest: Manifest,
  place: string,
  graphs: readonly GraphSource[],
  strategies: Strategies,
): Promise<SimulationPlan> {
  for (const source of graphs) {
    const { sha256 } = manifest.graphs.find(({ name }) => name === source.name) ?? {};
    if (sourceHash(source) !== sha256) {
      throw inputError(
        `${source.file}: the graph ${source.name} is not the one that ${place} was made with: its SHA-256 differs`,
      );
    }
  }
  const { sha256, file } = await strategies.load(manifest.spec.algorithm);
  if (sha256 !== (manifest.strategy?.sha256 ?? null)) throw notTheStrategy(file, place);
  const simulation = { name: manifest.simulation, spec: manifest.spec, place };
  const plan = await planOn(simulation, graphs, strategies, manifest.seed);
  const id = simulationId(plan.spec, plan.executions, plan.algorithm, manifest.graphs);
  if (id === manifest.id) return { ...plan, id, folder: simulationFolder(plan.name, id) };
  throw inputError(
    `${place}: its id ${manifest.id} does not fit its content (${id}): it was edited, or written by another version (${manifest.versions.gossip})`,
  );
}

/** Says that a strategy's file is another than the one that the manifest at `place` names. */
export function notTheStrategy(file: string, place: string): GossipError {
  return inputError(
    `${file}: this strategy is not the one that ${place} was made with: its SHA-256 differs`,
  );
}

/** The pivots that betweenness was estimated from; null: it was exact, or not used. */
export function sampleOf({ graphs }: Manifest): number | null {
  return (
    graphs.find(({ betweennessSample }) => betweennessSample !== null)?.betweennessSample ?? null
  );
}
