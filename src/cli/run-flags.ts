import { basename, resolve } from 'node:path';
import { inputError } from '../errors.ts';
import { nameFromFile, nameProblem } from '../graph/formats/index.ts';
import {
  type HistoryKind,
  type Resources,
  type SimulationSource,
  type SimulationSpec,
  simulationSpec,
} from '../runner/index.ts';

/** What `gossip run` and `gossip runner` are told of simulations and results, as commander gives it. */
export interface RunFlags {
  readonly algorithm?: readonly string[];
  readonly repetitions?: number;
  readonly factor?: number[];
  readonly favor?: string;
  readonly priorPartnerFactor?: number[];
  readonly weightingParamA?: number[];
  readonly parameter?: Record<string, (number | string)[]>;
  readonly aggregate?: string;
  readonly schedule?: string;
  readonly start?: string;
  readonly source?: string;
  readonly redraw?: string;
  readonly randomInitialization?: boolean;
  readonly visualize?: boolean;
  readonly tolerance?: number;
  readonly maxRounds?: number;
  readonly measureDecimals?: number;
  readonly seed?: number;
  readonly name?: string;
  readonly strategies?: string;
  readonly exact?: boolean;
  readonly sample?: number;
  readonly jobs: number;
  readonly from?: string;
  readonly results?: string;
  readonly resume?: boolean;
  readonly history?: HistoryKind;
  readonly format: 'table' | 'json' | 'csv';
}

const DEFAULT_REPETITIONS = 30;
/** Flags that are fields of a Simulation's spec, under the same name. */
const FIELDS = [
  'repetitions',
  'factor',
  'favor',
  'priorPartnerFactor',
  'weightingParamA',
  'aggregate',
  'schedule',
  'start',
  'source',
  'redraw',
  'randomInitialization',
  'visualize',
  'tolerance',
  'maxRounds',
  'measureDecimals',
  'seed',
] as const;

/**
 * The Simulations to play: those of the files with the flags' fields in place of theirs, or, where there are none, what
 * the flags say on all graphs; one for each algorithm named.
 */
export function simulationsOf(
  paths: readonly string[],
  { graphs, simulations }: Resources,
  flags: RunFlags,
): SimulationSource[] {
  if (simulations.length > 0) {
    if (flags.name !== undefined && simulations.length > 1) {
      throw inputError(
        `--name: there are ${simulations.length} Simulations in these files, which have names of their own`,
      );
    }
    return simulations.flatMap((simulation) =>
      flags.algorithm === undefined
        ? [
            {
              ...simulation,
              name: nameOf(flags) ?? simulation.name,
              spec: withFlags(simulation.spec, flags),
            },
          ]
        : flags.algorithm.map((algorithm) => ({
            name: withAlgorithm(nameOf(flags) ?? simulation.name, algorithm),
            place: simulation.place,
            deployment: simulation.deployment,
            spec: withFlags({ ...simulation.spec, algorithm }, flags),
          })),
    );
  }
  if (graphs.length === 0) {
    throw inputError(
      `there is no graph in ${paths.join(', ').slice(0, 200)}: name a file with one, such as examples/karate.yaml`,
    );
  }
  const name = nameOf(flags) ?? nameFromFile(basename(resolve(paths[0])));
  return (flags.algorithm ?? ['default']).map((algorithm) => ({
    name: withAlgorithm(name, algorithm),
    place: 'the command line',
    spec: withFlags(
      { graphSelector: { matchLabels: {} }, repetitions: DEFAULT_REPETITIONS, algorithm },
      flags,
    ),
  }));
}

/** The flags given that say what is played, as people write them ("--max-rounds"). */
export function simulationFlags(flags: RunFlags): string[] {
  const names = [...FIELDS, 'algorithm', 'parameter', 'name', 'sample', 'history'] as const;
  return names.filter((name) => flags[name] !== undefined).map(written);
}

function written(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A Simulation's name, as all names of resources, has no "_". */
function withAlgorithm(name: string, algorithm: string): string {
  return `${name}-${algorithm.replaceAll('_', '-')}`;
}

function nameOf({ name }: RunFlags): string | undefined {
  const problem = name === undefined ? null : nameProblem(name);
  if (problem !== null) throw inputError(`--name: ${JSON.stringify(name)} ${problem}`);
  return name;
}

function withFlags(spec: Record<string, unknown>, flags: RunFlags): SimulationSpec {
  const fields = { ...spec };
  for (const field of FIELDS) if (flags[field] !== undefined) fields[field] = flags[field];
  if (flags.parameter !== undefined)
    fields.parameters = { ...(spec.parameters ?? {}), ...flags.parameter };
  const result = simulationSpec.safeParse(fields);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw inputError(
    `${written(String(path[0]))}: ${JSON.stringify(fields[String(path[0])])}: ${message}`,
  );
}
