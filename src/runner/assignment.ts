import { z } from 'zod';
import { inputError } from '../errors.ts';
import { simulationSpec } from './simulation.ts';

const name = z.string().min(1).max(253);

const assignment = z.strictObject({
  simulation: z.strictObject({ name, namespace: name, uid: z.string().max(64) }),
  /** With its seed. */
  spec: simulationSpec.required({ seed: true }),
  /** For the manifest: YYYY-MM-DD-HH-MM-SS. */
  timestamp: z.string().max(32),
  /**
   * All graphs of the simulation in the order of play, with the hash that each had when it was accepted; null where the
   * operator has not read it.
   */
  graphs: z.array(z.strictObject({ name, sha256: z.string().length(64).nullable() })).max(10_000),
  /** Where results go, such as s3://simulations. */
  results: z.string().max(1000),
  play: z.discriminatedUnion('on', [
    z.strictObject({
      on: z.literal('hosts'),
      /** Which of the graphs is played, from 0. */
      graph: z.int().min(0),
      /** How many hosts there are; the one of index k is the pod <job>-<k> of the service. */
      hosts: z.int().min(1),
      nodesPerHost: z.int().min(1),
      job: name,
      service: name,
      /** How long all of them may take to be there, in seconds. */
      startDeadlineSeconds: z.int().min(1),
    }),
    /** The runs of all graphs are shared out among workers, of which JOB_COMPLETION_INDEX is one. */
    z.strictObject({ on: z.literal('memory'), workers: z.int().min(1) }),
  ]),
  /** Whether strategies of the user's are mounted. */
  strategies: z.boolean(),
});

/** What an operator hands to a runner: all that it is to play, and where. */
export type Assignment = Readonly<z.infer<typeof assignment>>;

/** Reads an assignment; `place` names it in messages. Throws GossipError `input` with the field that is wrong. */
export function parseAssignment(text: string, place: string): Assignment {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw inputError(`${place} is not an assignment: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const result = assignment.safeParse(json);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw inputError(`${place} is not an assignment: ${path.join('.')}: ${message}`);
}
