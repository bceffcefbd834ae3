import { GossipError, inputError } from '../../errors.ts';
import type { GraphSource } from '../../graph/index.ts';
import { shareGraph } from '../../graph/share.ts';
import {
  announceBetweenness,
  countRuns,
  drawSeed,
  type NamedBytes,
  parseResources,
  planSimulation,
  refuseDoubles,
  type SimulationPlan,
  type SimulationSource,
} from '../../runner/index.ts';
import { openStrategies } from '../../strategies/index.ts';
import { exampleFile } from './examples.ts';
import { ofRequest, type Problem, problemsOf } from './problems.ts';

/** What is to be made ready to be played. */
export interface PrepareRequest {
  readonly files: readonly NamedBytes[];
  /** Their names. */
  readonly examples: readonly string[];
  /** Graphs that are there already. */
  readonly graphs: readonly GraphSource[];
  /** Folders of strategies beside the built-in ones. */
  readonly strategies: readonly string[];
  /** Threads that betweenness takes. */
  readonly jobs: number;
}

export interface PreparedGraph {
  readonly source: GraphSource;
  /** As manifests have it. */
  readonly sha256: string;
}

/** A Simulation that can be played. */
export interface PreparedSimulation {
  readonly simulation: SimulationSource;
  readonly seed: number;
  /** Those that it selects, in shared memory. */
  readonly graphs: readonly PreparedGraph[];
  readonly name: string;
  readonly folder: string;
  readonly algorithm: string;
  readonly runs: number;
  readonly maxRounds: number;
}

export type Preparation =
  | {
      readonly simulations: readonly PreparedSimulation[];
      readonly warnings: readonly string[];
    }
  | { readonly problems: readonly Problem[] };

/** Bytes of all files when they are unpacked. */
const MOST_UNPACKED = 64 * 2 ** 20;

/** Reads files and plans what they ask for, as `gossip run` does; what is wrong is told all at once. */
export async function prepare(request: PrepareRequest): Promise<Preparation> {
  const names = request.files.map(({ name }) => name);
  const files = [...request.files];
  for (const example of new Set(request.examples)) {
    const file = await exampleFile(example);
    if (file === null)
      return { problems: [ofRequest(`there is no example ${JSON.stringify(example)}`)] };
    files.push(file);
    names.push(file.name);
  }
  names.push(...request.graphs.map(({ file }) => file));
  try {
    const resources = await parseResources(files, MOST_UNPACKED);
    const graphs = [...resources.graphs, ...request.graphs];
    refuseDoubles(graphs);
    if (resources.simulations.length === 0)
      throw inputError('there is no Simulation in these files: it says what is played');
    const planned = await plan(resources.simulations, graphs, names, request);
    if ('problems' in planned) return planned;
    return { ...planned, warnings: [...resources.warnings, ...planned.warnings] };
  } catch (error) {
    if (!(error instanceof GossipError)) throw error;
    return { problems: problemsOf(error, names) };
  }
}

async function plan(
  simulations: readonly SimulationSource[],
  graphs: readonly GraphSource[],
  names: readonly string[],
  request: PrepareRequest,
): Promise<Preparation> {
  const strategies = openStrategies(request.strategies);
  // In the order in which `gossip run` takes them: it is a part of what a simulation is.
  const ordered = graphs.toSorted(({ name: a }, { name: b }) => (a < b ? -1 : 1));
  const drawn = drawSeed();
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const prepared = new Map<string, PreparedSimulation>();
  for (const simulation of simulations) {
    try {
      const seed = simulation.spec.seed ?? drawn;
      const planned = await planSimulation(simulation, ordered, strategies, seed);
      if (prepared.has(planned.folder)) {
        throw inputError(
          `${simulation.place}: ${planned.name} is asked for twice: name each Simulation once`,
          { field: 'metadata.name' },
        );
      }
      refuseLongMeasures(planned, request, (text) => warnings.push(text));
      warnings.push(...planned.warnings);
      prepared.set(planned.folder, preparedOf(simulation, planned));
    } catch (error) {
      if (!(error instanceof GossipError)) throw error;
      problems.push(...problemsOf(error, names, simulation.place));
    }
  }
  if (problems.length > 0) return { problems };
  return { simulations: [...prepared.values()], warnings: [...new Set(warnings)] };
}

/** Nobody waits longer at a page. */
function refuseLongMeasures(
  { algorithm, graphs }: SimulationPlan,
  { jobs }: PrepareRequest,
  notice: (text: string) => void,
): void {
  if (!algorithm.strategy.measures.includes('betweenness')) return;
  for (const { source } of graphs) {
    try {
      announceBetweenness(source, { jobs, exact: false, notice });
    } catch (error) {
      throw inputError(
        `betweenness of the ${source.graph.nodeCount} nodes of ${source.name} would take over ten minutes: choose another algorithm, or play this with gossip run --exact or --sample`,
        { field: 'spec.algorithm', cause: error },
      );
    }
  }
}

function preparedOf(simulation: SimulationSource, planned: SimulationPlan): PreparedSimulation {
  const { name, folder, algorithm, maxRounds, seed } = planned;
  return {
    simulation,
    seed,
    graphs: planned.graphs.map(({ source, sha256 }) => ({ source: shared(source), sha256 })),
    name,
    folder,
    algorithm: algorithm.name,
    runs: countRuns([planned]),
    maxRounds,
  };
}

function shared(source: GraphSource): GraphSource {
  return { ...source, graph: shareGraph(source.graph) };
}
