import { z } from 'zod';
import { MAXIMUM_SEED } from '../runner/index.ts';

const longestName = 253;
const longestMessage = 32_768;
const mostGraphs = 10_000;
const count = z.int().min(0);
const time = z.iso.datetime({ offset: true });
const name = z.string().max(longestName);
const line = z.string().max(2000);

/** What a Simulation is doing, in a word. */
export const STATES = [
  'Refused',
  'Queued',
  'Starting',
  'Running',
  'Suspended',
  'Complete',
  'Failed',
] as const;

/** As metav1.Condition. */
const condition = z.strictObject({
  type: z.enum(['Accepted', 'Running', 'Complete', 'Failed']),
  status: z.enum(['True', 'False', 'Unknown']),
  observedGeneration: count.optional().describe('the generation of the spec that this is said of'),
  lastTransitionTime: time.describe('since when the status is what it is'),
  reason: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/)
    .describe('why, as one word'),
  message: z.string().max(longestMessage).describe('why, in words'),
});

/** A Simulation's status, as the operator writes it. */
export const simulationStatus = z.strictObject({
  state: z.enum(STATES).optional().describe('what the Simulation is doing, in a word'),
  progress: line.optional().describe('how far it is, in a line'),
  conditions: z
    .array(condition)
    .max(10)
    .optional()
    .describe('what is true of the Simulation, and why')
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] }),
  observedGeneration: count
    .optional()
    .describe('the generation of the spec that this status is of'),
  seed: z
    .int()
    .min(0)
    .max(MAXIMUM_SEED)
    .optional()
    .describe("the spec's seed, or the one drawn where it has none"),
  startTime: time.optional().describe('when the Simulation was accepted'),
  completionTime: time.optional().describe('when it was complete, or had failed'),
  graphs: z
    .strictObject({ done: count, total: count })
    .optional()
    .describe('how many of the graphs are played to their end'),
  runs: z
    .strictObject({ done: count, total: count })
    .optional()
    .describe('how many runs are finished, of those on all graphs'),
  hosts: z
    .strictObject({ ready: count, total: count })
    .optional()
    .describe('how many hosts of the graph in play are ready'),
  results: line.optional().describe('where results are, such as s3://simulations/name-0123abcd'),
  accepted: z
    .array(
      z.strictObject({
        name,
        sha256: z
          .string()
          .length(64)
          .optional()
          .describe(
            'of what the graph was when it was accepted; absent where only runners read it',
          ),
        nodes: count,
        edges: count.optional(),
      }),
    )
    .max(mostGraphs)
    .optional()
    .describe('the graphs, in the order of play')
    .meta({ 'x-kubernetes-list-type': 'atomic' }),
});

/** See simulationStatus. */
export type SimulationStatus = z.infer<typeof simulationStatus>;
