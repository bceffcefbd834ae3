import { inputError } from '../errors.ts';
import { drawSeed, planSimulation, readResources, type SimulationSource } from '../runner/index.ts';
import { openStrategies } from '../strategies/index.ts';
import type { AskedSimulation } from './resume.ts';
import { type RunFlags, simulationsOf } from './run-flags.ts';
import { strategyDirectories } from './strategy-directories.ts';

/** A simulation that is asked for, and what was written of it. */
export interface Asked extends AskedSimulation {
  readonly simulation: SimulationSource;
}

/**
 * What paths and flags ask for, on graphs in the order of their names; simulations that say no seed share one that is
 * drawn. Throws GossipError `input` where something cannot be played.
 */
export async function askedFor(paths: readonly string[], flags: RunFlags): Promise<Asked[]> {
  if (paths.length === 0)
    throw inputError('no graph was given: name files or folders, such as examples/karate.yaml');
  const strategies = openStrategies(strategyDirectories(flags.strategies));
  const resources = await readResources(paths);
  for (const warning of resources.warnings) console.error(`gossip: ${warning}`);
  // In the order in which a cluster gives them: it is a part of what a simulation is.
  const graphs = resources.graphs.toSorted(({ name: a }, { name: b }) => (a < b ? -1 : 1));
  const seed = drawSeed();
  const asked: Asked[] = [];
  for (const simulation of simulationsOf(paths, resources, flags)) {
    const said = simulation.spec.seed;
    const plan = await planSimulation(simulation, graphs, strategies, said ?? seed);
    if (asked.some((other) => other.plan.folder === plan.folder))
      throw inputError(`${plan.name} is asked for twice: name each algorithm and Simulation once`);
    asked.push({ simulation, plan, drawn: said === undefined });
  }
  return asked;
}
