import { shown } from '../environment-text.ts';
import { GossipError, inputError } from '../errors.ts';
import type { MemoryKind } from '../host/index.ts';
import {
  executions,
  type LoadedStrategy,
  type Measure,
  openStrategies,
  type Parameters,
  zodOfParameter,
} from '../strategies/index.ts';
import { type NodeEnvironment, VARIABLE_OF_MEASURE } from './environment.ts';

/** What an algorithm makes of a node's neighbors. */
export interface NodeWeights {
  readonly memory: MemoryKind;
  /** The combinations of parameters to sweep, in the order of play. */
  readonly executions: readonly Parameters[];
  /** The weights of the neighbors under one of them; null where each weighs 1 at all nodes. */
  weigh(execution: number): Float64Array | null;
}

/** Which variables are swept as which parameters, the last fastest. */
const SWEPT = [
  ['factor', 'FACTOR'],
  ['priorPartnerFactor', 'PRIOR_PARTNER_FACTOR'],
  ['weightingParamA', 'WEIGHTING_PARAM_A'],
] as const;

/**
 * Loads the environment's algorithm and tries it on the node's neighbors, with all combinations of parameters.
 *
 * @throws GossipError that names the variable that is wrong
 */
export async function loadWeights(
  environment: NodeEnvironment,
  warn: (text: string) => void,
): Promise<NodeWeights> {
  const algorithm = await about('ALGORITHM', () =>
    openStrategies(environment.strategyDirectories).load(environment.algorithm),
  );
  const { strategy } = algorithm;
  const measures = measuresFor(algorithm, environment);
  const combinations = combinationsOf(algorithm, environment);
  if (algorithm.parameters.favor !== undefined && environment.favor === undefined) {
    warn(
      'FAVOR is not set, so factor favors partners inside the community; the published runs favored those outside (FAVOR=outside)',
    );
  }
  const degree = environment.neighbors.length;
  const view = { degree, measures };

  function weigh(execution: number): Float64Array | null {
    const weights = new Float64Array(degree);
    strategy.weigh(view, combinations[execution], weights);
    const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
    if (wrong !== -1) {
      throw inputError(
        `ALGORITHM ${algorithm.name} gives the neighbor ${environment.neighbors[wrong]} the weight ${weights[wrong]}: a weight is finite and not negative (gossip strategies check tries more)`,
      );
    }
    const [first] = weights;
    const alike = first > 0 && weights.every((weight) => weight === first);
    return alike && strategy.measures.length === 0 ? null : weights;
  }

  for (const execution of combinations.keys()) weigh(execution);
  return { memory: algorithm.memory, executions: combinations, weigh };
}

function measuresFor(
  { name, strategy }: LoadedStrategy,
  environment: NodeEnvironment,
): Readonly<Record<Measure, Float64Array>> {
  const measures: Partial<Record<Measure, Float64Array>> = {};
  for (const measure of strategy.measures) {
    const list = environment.measures[measure];
    if (list === undefined) {
      const variable = VARIABLE_OF_MEASURE[measure];
      throw inputError(
        measure === 'sameCommunity'
          ? `${variable} is missing: ALGORITHM ${name} needs the names of those neighbors that are in this node's community (empty for none)`
          : `${variable} is missing or empty: ALGORITHM ${name} needs a number for each of the ${environment.neighbors.length} neighbors`,
      );
    }
    measures[measure] = list;
  }
  return measures as Record<Measure, Float64Array>;
}

function combinationsOf(
  algorithm: LoadedStrategy,
  { sweeps, favor }: NodeEnvironment,
): Parameters[] {
  const lists: Record<string, readonly (number | string)[]> = {};
  for (const [parameter, variable] of SWEPT) {
    if (algorithm.parameters[parameter] === undefined) continue;
    const list = sweeps[parameter];
    if (list === undefined) {
      throw inputError(
        `${variable} is missing or empty: ALGORITHM ${algorithm.name} needs one number, or several to sweep, separated by commas`,
      );
    }
    lists[parameter] = [...list];
    for (const value of list) check(algorithm, parameter, variable, value);
  }
  if (favor !== undefined && algorithm.parameters.favor !== undefined) {
    check(algorithm, 'favor', 'FAVOR', favor);
    lists.favor = [favor];
  }
  return executions(algorithm, lists);
}

function check(
  { parameters }: LoadedStrategy,
  parameter: string,
  variable: string,
  value: number | string,
): void {
  const result = zodOfParameter(parameters[parameter]).safeParse(value);
  if (result.success) return;
  const given = typeof value === 'number' ? value : value === '' ? 'empty' : shown(value);
  throw inputError(`${variable} is ${given}: ${result.error.issues[0].message}`);
}

async function about<T>(variable: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GossipError)) throw error;
    throw new GossipError(error.code, `${variable}: ${error.message}`, { cause: error });
  }
}
