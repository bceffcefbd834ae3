import { z } from 'zod';
import { AGGREGATES } from '../host/aggregate.ts';
import { SCHEDULES } from '../host/schedule.ts';
import { mapOf, withRules } from '../schema.ts';
import { type DeploymentSpec, deploymentRules, deploymentSpec } from './deployment.ts';

const longestList = 1000;
const longestText = 1000;
/** A label's key: a prefix, a slash and a name. */
const longestKey = 317;
const mostLabels = 100;
const mostParameters = 100;
const mostProperties = 1000;
const mostRepetitions = 1_000_000;
const text = z.string().max(longestText);
const numbers = (item: z.ZodType<number>) => z.array(item).min(1).max(longestList);

/** The greatest seed: every integer up to it is a number that JavaScript can hold. */
export const MAXIMUM_SEED = Number.MAX_SAFE_INTEGER;

/** The spec of a Simulation (gossip.io/v1): what people write in YAML, and what the flags of `gossip run` stand for. */
export const simulationSpec = z.strictObject({
  graphSelector: z
    .strictObject({ matchLabels: mapOf(longestKey, text, mostLabels) })
    .describe('name: X selects a Graph by its name, series: X all Graphs with that label'),
  algorithm: text.default('default').describe('whom a node talks to; see gossip strategies'),
  repetitions: z
    .int()
    .min(1)
    .max(mostRepetitions)
    .default(1)
    .describe('runs of each combination of parameters on each graph'),
  randomInitialization: z
    .boolean()
    .optional()
    .describe('start values 0..100 drawn at random; default true where the graph has no valueList'),
  visualize: z
    .boolean()
    .default(false)
    .describe('write each round of a run as GEXF, and its rounds as GIF and PNG'),
  factor: numbers(z.number().gt(0))
    .optional()
    .describe("the weight of the community border's favored side; a list to sweep; default [1.5]"),
  priorPartnerFactor: numbers(z.number().min(0).max(1))
    .optional()
    .describe("what memory multiplies a met partner's weight by; a list to sweep; default [0.5]"),
  weightingParamA: numbers(z.number().min(0).max(1))
    .optional()
    .describe("how much communities count beside a node's measure; a list to sweep; default [0.5]"),
  favor: z
    .enum(['inside', 'outside'])
    .optional()
    .describe('the side of the community border that factor favors'),
  parameters: mapOf(
    longestText,
    z.union([
      z.number(),
      text,
      z
        .array(z.union([z.number(), text]))
        .min(1)
        .max(longestList),
    ]),
    mostParameters,
  )
    .default({})
    .describe("a user's strategy's own parameters: a value or a list to sweep each"),
  aggregate: z
    .enum(AGGREGATES as [string, ...string[]])
    .default('minimum')
    .describe('what both nodes of an exchange do with their two values'),
  tolerance: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.001)
    .describe('for mean: converged when max - min is at most this share of max - min at the start'),
  schedule: z
    .enum(SCHEDULES as [string, ...string[]])
    .default('ascending')
    .describe('whose turn it is in a round'),
  start: z
    .enum(['values', 'numbers', 'random', 'source'])
    .optional()
    .describe('what nodes begin with'),
  source: z
    .union([z.int().min(0), text])
    .optional()
    .describe('the informed node of start: source: its id, random (default) or max-degree'),
  redraw: z
    .enum(['graph', 'run'])
    .default('graph')
    .describe('start values are drawn once a graph, or for each run'),
  seed: z
    .int()
    .min(0)
    .max(MAXIMUM_SEED)
    .optional()
    .describe('what all draws follow from; where absent, one is drawn, and a status says which'),
  maxRounds: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('a run ends after so many, converged or not; default 10,000'),
  measureDecimals: z
    .int()
    .min(1)
    .max(15)
    .optional()
    .describe(
      'measures are rounded to so many decimals; default 4 up to 1,000 nodes, full precision above',
    ),
  simulationProperties: mapOf(longestText, text, mostProperties)
    .default({})
    .describe('what results are to say of the simulation besides'),
});

/** A Simulation's spec, defaults filled in where they do not depend on the graph. */
export type SimulationSpec = z.infer<typeof simulationSpec>;

/** A Simulation resource (gossip.io/v1). Metadata may hold whatever else Kubernetes writes there. */
export const simulationResource = z.strictObject({
  apiVersion: z.literal('gossip.io/v1'),
  kind: z.literal('Simulation'),
  metadata: z.looseObject({ name: z.string() }),
  spec: withRules(z.strictObject({ ...simulationSpec.shape, ...deploymentSpec.shape }), [
    {
      field: 'graphSelector.matchLabels',
      message: 'it must have a label, such as name or series',
      holds: ({ graphSelector }) => Object.keys(graphSelector.matchLabels).length > 0,
      cel: 'size(self.graphSelector.matchLabels) > 0',
    },
    ...deploymentRules,
  ]),
  /** A cluster's; who copied a Simulation from there may play it. */
  status: z.unknown().optional(),
});

/** What a Simulation resource's spec says, apart: what is played, and how a cluster plays it. */
export function partsOf(spec: z.infer<typeof simulationResource>['spec']): {
  spec: SimulationSpec;
  deployment: DeploymentSpec;
} {
  const isDeployment = ([field]: [string, unknown]) => Object.hasOwn(deploymentSpec.shape, field);
  const entries = Object.entries(spec);
  return {
    spec: Object.fromEntries(entries.filter((entry) => !isDeployment(entry))) as SimulationSpec,
    deployment: Object.fromEntries(entries.filter(isDeployment)),
  };
}

/** A Simulation as read from a file, or made from flags. */
export interface SimulationSource {
  readonly name: string;
  readonly spec: SimulationSpec;
  /** How a cluster is to play it; absent: as it does by default. */
  readonly deployment?: DeploymentSpec;
  /** For messages: the file, or the command line. */
  readonly place: string;
}
