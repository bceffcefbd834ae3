import type { z } from 'zod';
import { shown } from '../environment-text.ts';
import { inputError } from '../errors.ts';
import type { Measure } from '../strategies/index.ts';
import {
  GREATEST_VALUE,
  LEAST_VALUE,
  type SeedVariables,
  seedVariables,
} from './environment-variables.ts';

/** The environment of a node: its variables, each as it must be and none against another. */
export const nodeEnvironment = seedVariables
  .check(({ value, issues }) => {
    for (const [variable, message] of contradictions(value)) {
      issues.push({ code: 'custom', path: [variable], message, input: value });
    }
  })
  .transform((variables) => ({
    name: variables.HOSTNAME,
    neighbors: variables.NEIGHBORS,
    algorithm: variables.ALGORITHM,
    repetitions: variables.REPETITIONS,
    start: variables.RANDOM_INITIALIZATION ? ('random' as const) : Number(variables.NODE_VALUE),
    measures: measuresOf(variables),
    sweeps: {
      factor: variables.FACTOR,
      priorPartnerFactor: variables.PRIOR_PARTNER_FACTOR,
      weightingParamA: variables.WEIGHTING_PARAM_A,
    },
    favor: variables.FAVOR,
    seed: variables.SEED,
    graphWords: variables.GRAPH_HASH ?? [],
    index: variables.NODE_INDEX ?? indexOf(variables.HOSTNAME) ?? 0,
    strategyDirectories: variables.STRATEGY_DIR ? [variables.STRATEGY_DIR] : [],
    peerPort: variables.PEER_PORT,
    port: variables.GRPC_PORT,
  }));

/** What a node is told of itself by its environment. */
export type NodeEnvironment = z.output<typeof nodeEnvironment>;

/** Where each measure comes from, for messages. */
export const VARIABLE_OF_MEASURE: Readonly<Record<Measure, string>> = {
  degree: 'DEGREES_NEIGHBORS',
  sameCommunity: 'COMMUNITY_NEIGHBORS',
  community: 'NEIGHBORING_COMMUNITIES',
  communityProbability: 'SAME_COMMUNITY_PROBABILITIES_NEIGHBORS',
  betweenness: 'BETWEENNESS_CENTRALITIES_NEIGHBORS',
  eigenvector: 'EIGENVECTOR_CENTRALITIES_NEIGHBORS',
  hubScore: 'HUB_SCORES_NEIGHBORS',
};

/**
 * Reads a node's environment.
 *
 * @throws GossipError that names each variable that is wrong, and says what would be right
 */
export function readNodeEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): NodeEnvironment {
  const result = nodeEnvironment.safeParse(variables);
  if (result.success) return result.data;
  throw inputError(
    result.error.issues
      .map(({ path, message }) => `${String(path[0])} ${message}`)
      .join('\n        '),
  );
}

/** What each variable may be for itself, but not beside the others: [variable, message]. */
function* contradictions(variables: SeedVariables): Generator<[variable: string, message: string]> {
  const { HOSTNAME, NEIGHBORS, NODE_VALUE } = variables;
  if (NEIGHBORS.includes(HOSTNAME)) {
    yield ['NEIGHBORS', `names the node itself, ${HOSTNAME}: it must name its neighbors alone`];
  }
  if (!variables.RANDOM_INITIALIZATION) {
    const what = `an integer from ${LEAST_VALUE} to ${GREATEST_VALUE}, since RANDOM_INITIALIZATION is False`;
    const value = Number(NODE_VALUE);
    if (NODE_VALUE === undefined) yield ['NODE_VALUE', `is missing: it must be ${what}`];
    else if (!/^\s*[+-]?\d+\s*$/.test(NODE_VALUE) || value < LEAST_VALUE || value > GREATEST_VALUE)
      yield [
        'NODE_VALUE',
        `is ${NODE_VALUE === '' ? 'empty' : shown(NODE_VALUE)}: it must be ${what}`,
      ];
  }
  const stranger = variables.COMMUNITY_NEIGHBORS?.find((name) => !NEIGHBORS.includes(name));
  if (stranger !== undefined) {
    yield ['COMMUNITY_NEIGHBORS', `names ${stranger}: it must name nodes that are in NEIGHBORS`];
  }
  for (const variable of Object.values(VARIABLE_OF_MEASURE)) {
    const list = variables[variable as keyof SeedVariables];
    if (!(list instanceof Float64Array) || list.length === NEIGHBORS.length) continue;
    yield [
      variable,
      `has ${list.length} numbers, but NEIGHBORS has ${NEIGHBORS.length} names: give one for each neighbor`,
    ];
  }
  if (
    variables.SEED !== undefined &&
    variables.NODE_INDEX === undefined &&
    indexOf(HOSTNAME) === undefined
  ) {
    yield [
      'NODE_INDEX',
      `is missing, and HOSTNAME, ${HOSTNAME}, does not end in -n and a number: with SEED, one must say which of the graph's nodes this is`,
    ];
  }
}

function measuresOf(variables: SeedVariables): Readonly<Partial<Record<Measure, Float64Array>>> {
  const { NEIGHBORS, COMMUNITY_NEIGHBORS } = variables;
  return {
    degree: variables.DEGREES_NEIGHBORS,
    sameCommunity:
      COMMUNITY_NEIGHBORS &&
      Float64Array.from(NEIGHBORS, (name) => (COMMUNITY_NEIGHBORS.includes(name) ? 1 : 0)),
    community: variables.NEIGHBORING_COMMUNITIES,
    communityProbability: variables.SAME_COMMUNITY_PROBABILITIES_NEIGHBORS,
    betweenness: variables.BETWEENNESS_CENTRALITIES_NEIGHBORS,
    eigenvector: variables.EIGENVECTOR_CENTRALITIES_NEIGHBORS,
    hubScore: variables.HUB_SCORES_NEIGHBORS,
  };
}

/** The number at the end of `<simulation>-g<graph>-n<number>`. */
function indexOf(name: string): number | undefined {
  const number = Number(/-n(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  return number < 2 ** 32 ? number : undefined;
}
