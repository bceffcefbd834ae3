import { createHash } from 'node:crypto';
import { byName } from '../by-name.ts';
import { inputError } from '../errors.ts';
import {
  components,
  contentHash,
  type GraphSource,
  sourceHash,
  wordsOfHash,
} from '../graph/index.ts';
import type { Aggregate } from '../host/aggregate.ts';
import type { Schedule } from '../host/schedule.ts';
import type { Start } from '../host/start.ts';
import { leftOut } from '../pictures/limits.ts';
import { executionFolder, simulationFolder } from '../storage/index.ts';
import {
  executions,
  type LoadedStrategy,
  type Parameters,
  type Strategies,
} from '../strategies/index.ts';
import { at } from './at.ts';
import { type SimulationSource, type SimulationSpec, simulationSpec } from './simulation.ts';
import { startOf } from './start.ts';

/** What is to be played: one algorithm on one or more graphs, all decided. */
export interface SimulationPlan {
  readonly name: string;
  /** 8 hex digits over spec, graphs and seed: the same simulation has the same id wherever it is played. */
  readonly id: string;
  readonly folder: string;
  readonly spec: SimulationSpec;
  readonly seed: number;
  readonly aggregate: Aggregate;
  readonly schedule: Schedule;
  readonly maxRounds: number;
  readonly algorithm: LoadedStrategy;
  readonly executions: readonly Parameters[];
  readonly graphs: readonly PlannedGraph[];
  readonly warnings: readonly string[];
}

/** A graph of a simulation, with what its nodes begin with. */
export interface PlannedGraph {
  readonly source: GraphSource;
  /** SHA-256 of all that results depend on. */
  readonly sha256: string;
  /** The content's hash as words, which enter every draw. */
  readonly words: readonly number[];
  readonly start: Start;
  /** Decimals that measures are rounded to; null: full precision. */
  readonly decimals: number | null;
}

const DEFAULT_MAX_ROUNDS = 10_000;
/** Up to so many nodes measures are rounded as in the published runs. */
const LARGEST_ROUNDED = 1000;
const PUBLISHED_DECIMALS = 4;
/** File systems end at 255 bytes a name, of which what follows the simulation's takes up to 24. */
const LONGEST_NAME = 230;
/** The same for a graph's name in the files of its rounds: -round-1000.gexf. */
const LONGEST_PICTURED = 239;

/** Plans a Simulation on the graphs that it selects. Throws GossipError `input` where it cannot be played. */
export async function planSimulation(
  simulation: SimulationSource,
  graphs: readonly GraphSource[],
  strategies: Strategies,
  seed: number,
): Promise<SimulationPlan> {
  return planOn(simulation, selected(simulation, graphs), strategies, seed);
}

/** Plans a Simulation on the graphs that were selected for it, in their order. Throws as planSimulation. */
export async function planOn(
  simulation: SimulationSource,
  graphs: readonly GraphSource[],
  strategies: Strategies,
  seed: number,
): Promise<SimulationPlan> {
  const { spec, place } = simulation;
  refuseLongName(simulation.name, place);
  const warnings: string[] = [];
  const algorithm = await at(
    place,
    () => strategies.load(spec.algorithm),
    () => 'spec.algorithm',
  );
  const combinations = await at(place, () => executions(algorithm, listsOf(spec)), parameterField);
  const planned = graphs.map((source) => {
    refuseName(source);
    refuseParts(source, spec.maxRounds !== undefined);
    const start = startOf(source, spec, warnings);
    const { nodeCount } = source.graph;
    const decimals =
      spec.measureDecimals ?? (nodeCount <= LARGEST_ROUNDED ? PUBLISHED_DECIMALS : null);
    const words = wordsOfHash(contentHash(source.graph));
    return { source, sha256: sourceHash(source), words, start, decimals };
  });
  const sided = combinations.some(
    ({ factor, weightingParamA }) => factor !== 1 && weightingParamA !== 0,
  );
  if (algorithm.parameters.favor !== undefined && spec.favor === undefined && sided) {
    warnings.push(
      `${simulation.name}: favor is not given, so factor favors partners inside the community; the published runs favored those outside (favor: outside)`,
    );
  }
  if (spec.visualize) warnings.push(...planned.flatMap(({ source }) => unpictured(source)));
  // Parsed again for the order of its fields, which a manifest keeps.
  const full = simulationSpec.parse({
    ...spec,
    graphSelector: { matchLabels: byName(spec.graphSelector.matchLabels) },
    parameters: byName(spec.parameters),
    simulationProperties: byName(spec.simulationProperties),
    // A node's id, be it written as a number or as text.
    source: spec.source === undefined ? undefined : String(spec.source),
    seed,
    maxRounds: spec.maxRounds ?? DEFAULT_MAX_ROUNDS,
  });
  const id = simulationId(full, combinations, algorithm, planned);
  return {
    name: simulation.name,
    id,
    folder: simulationFolder(simulation.name, id),
    spec: full,
    seed,
    aggregate: spec.aggregate as Aggregate,
    schedule: spec.schedule as Schedule,
    maxRounds: full.maxRounds ?? DEFAULT_MAX_ROUNDS,
    algorithm,
    executions: combinations,
    graphs: planned,
    warnings,
  };
}

/** The same simulation under another seed. */
export function withSeed(plan: SimulationPlan, seed: number): SimulationPlan {
  const spec = { ...plan.spec, seed };
  const id = simulationId(spec, plan.executions, plan.algorithm, plan.graphs);
  return { ...plan, spec, seed, id, folder: simulationFolder(plan.name, id) };
}

/** Where a spec has a parameter. */
function parameterField(name: string | null): string | null {
  if (name === null) return null;
  return Object.hasOwn(simulationSpec.shape, name) ? `spec.${name}` : `spec.parameters.${name}`;
}

/** The lists that executions are made of. */
function listsOf(spec: SimulationSpec): Record<string, readonly unknown[]> {
  const lists: Record<string, readonly unknown[]> = {};
  for (const name of ['factor', 'priorPartnerFactor', 'weightingParamA'] as const) {
    if (spec[name] !== undefined) lists[name] = spec[name];
  }
  if (spec.favor !== undefined) lists.favor = [spec.favor];
  for (const [name, value] of Object.entries(spec.parameters)) lists[name] = [value].flat();
  return lists;
}

/** The graphs that labels select, in the order of their names wherever they came from; without labels all, as given. */
function selected(simulation: SimulationSource, graphs: readonly GraphSource[]): GraphSource[] {
  const { matchLabels } = simulation.spec.graphSelector;
  const found = graphs.filter((graph) =>
    Object.entries(matchLabels).every(
      ([label, value]) =>
        graph.labels[label] === value || (label === 'name' && graph.name === value),
    ),
  );
  if (found.length > 0) {
    if (Object.keys(matchLabels).length === 0) return found;
    return found.sort(({ name: a }, { name: b }) => (a < b ? -1 : 1));
  }
  const wanted = Object.entries(matchLabels).map(([label, value]) => `${label}: ${value}`);
  const names = graphs.map(({ name }) => name).slice(0, 20);
  throw inputError(
    `${simulation.place}: graphSelector ${wanted.join(', ')} matches no graph; ${
      names.length === 0
        ? 'no graph was given'
        : `there are ${names.join(', ')}${graphs.length > 20 ? ' and more' : ''}`
    }`,
    { field: 'spec.graphSelector' },
  );
}

function refuseLongName(name: string, place: string): void {
  if (name.length <= LONGEST_NAME) return;
  throw inputError(
    `${place}: the simulation's name has ${name.length} characters, the algorithm's included, and its files are named after it: at most ${LONGEST_NAME}; choose another (--name)`,
    { field: 'metadata.name' },
  );
}

function refuseName({ name, file }: GraphSource): void {
  try {
    executionFolder({ folder: '', graph: name, execution: 1, executions: 1 });
  } catch (error) {
    throw inputError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

function unpictured({ name, graph, file }: GraphSource): string[] {
  if (name.length > LONGEST_PICTURED) {
    throw inputError(
      `${file}: visualize names files after the graph, whose name has ${name.length} characters: at most ${LONGEST_PICTURED}`,
      { field: 'spec.visualize' },
    );
  }
  const left = leftOut(name, graph);
  return left === null ? [] : [left];
}

function refuseParts(source: GraphSource, explicitMaxRounds: boolean): void {
  const { count, sizes } = components(source.graph);
  if (count === 1 || explicitMaxRounds) return;
  throw inputError(
    `${source.file}: the graph ${source.name} is in ${count} parts (the largest has ${sizes[0]} of ${source.graph.nodeCount} nodes), so one value can never reach all; connect them, or give --max-rounds (maxRounds) to play it anyway`,
    { field: 'spec.maxRounds' },
  );
}

/** 8 hex digits over all that a simulation's results depend on. */
export function simulationId(
  spec: SimulationSpec,
  combinations: readonly Parameters[],
  algorithm: LoadedStrategy,
  graphs: readonly Pick<PlannedGraph, 'sha256'>[],
): string {
  const content = {
    ...decisive(spec),
    executions: combinations,
    strategy: algorithm.sha256,
    graphs: graphs.map(({ sha256 }) => sha256),
  };
  return createHash('sha256')
    .update(JSON.stringify(byName(content)))
    .digest('hex')
    .slice(0, 8);
}

/** Fields that the graphs and executions say already. */
const SAID = [
  'graphSelector',
  'factor',
  'priorPartnerFactor',
  'weightingParamA',
  'favor',
  'parameters',
];

/** What results depend on in a spec, beside what the graphs and executions say. */
export function decisive(spec: SimulationSpec): Partial<SimulationSpec> {
  return Object.fromEntries(Object.entries(spec).filter(([field]) => !SAID.includes(field)));
}
