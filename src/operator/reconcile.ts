import { KubernetesError } from '../kubernetes/index.ts';
import { answer } from './answer.ts';
import { decide, isAccepted } from './decide/index.ts';
import { SIMULATION, type Simulation } from './kinds.ts';
import { make, remove } from './make.ts';
import { makingOf } from './making-of.ts';
import type { Decision, Observation } from './observation.ts';
import { seenSimulation } from './seen-simulation.ts';
import type { Hands } from './settings.ts';

/** What became of a look at a Simulation. */
export interface Reconciled {
  /** As it was written; null: nothing was, since nothing changed. */
  readonly written: Simulation | null;
  readonly decision: Decision;
}

/** A second look soon: what was seen is old. */
const STALE: Decision = { status: null, removals: [], again: 500 };
/** What the API server says where it would not make an object, however often it was asked. */
const REFUSALS = [400, 403, 422];

/**
 * Looks at a Simulation once: decides, looks up what the decision asks for, and does it.
 *
 * @param resourceVersion of the Simulation as it was seen; where another is there, nothing is made
 * @param tell called for what people should know, when it has happened
 */
export async function reconcile(
  observation: Observation,
  resourceVersion: string,
  hands: Hands,
  tell: (happening: NonNullable<Decision['happening']>) => void,
): Promise<Reconciled> {
  const { cluster, signal } = hands;
  const { simulation } = observation;
  let seen = observation;
  let decision = decide(seen);
  while (decision.question !== undefined) {
    const more = await answer(decision.question, seen, hands);
    seen = { ...seen, answers: { ...seen.answers, ...more } };
    decision = decide(seen);
  }
  for (const removal of decision.removals) await remove(cluster, simulation, removal, signal);
  let written: Simulation | null = null;
  if (decision.status !== null) {
    const { name, namespace, uid } = simulation;
    const key = { name, namespace, uid, resourceVersion };
    written = await cluster.patchStatus(SIMULATION, key, decision.status, { signal });
    if (written === null) return { written, decision: STALE };
  }
  if (decision.happening !== undefined) tell(decision.happening);
  if (decision.make === undefined) return { written, decision };
  const after = { ...seen, simulation: written === null ? simulation : seenSimulation(written) };
  const refusal = await made(after, decision.make, hands);
  if (refusal === null) return { written, decision };
  const version = written?.metadata?.resourceVersion ?? resourceVersion;
  const last = await reconcile({ ...after, answers: { refusal } }, version, hands, tell);
  return { written: last.written ?? written, decision: last.decision };
}

/** Makes what a graph is played by; null: it is made, else why the API server would not have it. */
async function made(
  { simulation, jobs }: Observation,
  graph: number,
  { cluster, settings, signal }: Hands,
): Promise<string | null> {
  const { status } = simulation;
  if (!isAccepted(status)) return null;
  const making = makingOf(simulation, status, graph, settings);
  if (making === null) return null;
  try {
    await make(cluster, making, jobs, signal);
    return null;
  } catch (error) {
    if (error instanceof KubernetesError && REFUSALS.includes(error.status)) return error.message;
    throw error;
  }
}
