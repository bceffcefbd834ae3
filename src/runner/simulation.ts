import { z } from 'zod';
import { AGGREGATES } from '../host/aggregate.ts';
import { SCHEDULES } from '../host/schedule.ts';
import { type DeploymentSpec, deploymentSpec } from './deployment.ts';

const longestList = 1000;
const longestText = 1000;
const mostRepetitions = 1_000_000;
const text = z.string().max(longestText);
const texts = z.record(text, text);
const numbers = (item: z.ZodType<number>) => z.array(item).min(1).max(longestList);

/** The greatest seed: every integer up to it is a number that JavaScript can hold. */
export const MAXIMUM_SEED = Number.MAX_SAFE_INTEGER;

/** The spec of a Simulation (gossip.io/v1): what people write in YAML, and what the flags of `gossip run` stand for. */
export const simulationSpec = z.strictObject({
  graphSelector: z
    .strictObject({ matchLabels: texts })
    .describe('name: X selects a Graph by its name, series: X all Graphs with that label'),
  algorithm: text.default('default').describe('whom a node talks to; see gossip strategies'),
  repetitions: z.int().min(1).max(mostRepetitions).default(1),
  randomInitialization: z
    .boolean()
    .optional()
    .describe('start values 0..100 drawn at random; default true where the graph has no valueList'),
  visualize: z
    .boolean()
    .default(false)
    .describe('write each round of a run as GEXF, and its rounds as GIF and PNG'),
  factor: numbers(z.number().gt(0)).optional(),
  priorPartnerFactor: numbers(z.number().min(0).max(1)).optional(),
  weightingParamA: numbers(z.number().min(0).max(1)).optional(),
  favor: z
    .enum(['inside', 'outside'])
    .optional()
    .describe('the side of the community border that factor favors'),
  parameters: z
    .record(
      text,
      z.union([
        z.number(),
        text,
        z
          .array(z.union([z.number(), text]))
          .min(1)
          .max(longestList),
      ]),
    )
    .default({})
    .describe("a user's strategy's own parameters: a value or a list to sweep each"),
  aggregate: z.enum(AGGREGATES as [string, ...string[]]).default('minimum'),
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
  seed: z.int().min(0).max(MAXIMUM_SEED).optional(),
  maxRounds: z.int().min(1).max(1_000_000_000).optional(),
  measureDecimals: z
    .int()
    .min(1)
    .max(15)
    .optional()
    .describe(
      'measures are rounded to so many decimals; default 4 up to 1,000 nodes, full precision above',
    ),
  simulationProperties: texts.default({}),
});

/** A Simulation's spec, defaults filled in where they do not depend on the graph. */
export type SimulationSpec = z.infer<typeof simulationSpec>;

/** A Simulation resource (gossip.io/v1). Metadata may hold whatever else Kubernetes writes there. */
export const simulationResource = z.strictObject({
  apiVersion: z.literal('gossip.io/v1'),
  kind: z.literal('Simulation'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z
    .strictObject({ ...simulationSpec.shape, ...deploymentSpec.shape })
    .refine(({ graphSelector }) => Object.keys(graphSelector.matchLabels).length > 0, {
      path: ['graphSelector', 'matchLabels'],
      error: 'it must have a label, such as name or series',
    }),
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
