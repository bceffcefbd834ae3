import type { Observation, SeenSimulation } from '../observation.ts';
import { isAccepted } from './play.ts';
import { reasonOf, type Why } from './status-in.ts';

/** The reason of those that found no room beside others. */
export const WAITING_FOR_ROOM = 'WaitingForRoom';

/** Whether a queued Simulation may start now, and whether it is alone then; or why not yet. */
export type Passage = { readonly alone: boolean } | Why;

/**
 * One Simulation starts at a time, so that no two hold half of the room each; at most so many play. They start in the
 * order in which they were accepted. One that found no room beside others is tried again when it is alone, and nobody
 * behind it starts before, or it might wait for ever.
 */
export function passage({
  simulation,
  others,
  simulationsAtOnce,
}: Pick<Observation, 'simulation' | 'others' | 'simulationsAtOnce'>): Passage {
  const waits = (why: string): Passage => ({
    reason: waitsForRoom(simulation) ? WAITING_FOR_ROOM : 'Queued',
    message: `waiting: ${why}`,
  });
  // In few words, which stay the same however many wait.
  if (others.some((other) => isQueued(other) && isBefore(other, simulation)))
    return waits('others are before it');
  const playing = others.filter(
    ({ status: { state }, going }) => !going && (state === 'Starting' || state === 'Running'),
  );
  const starting = playing.find(({ status: { state } }) => state === 'Starting');
  if (starting !== undefined)
    return waits(`${nameOf(starting, simulation)} is starting, one after the other`);
  if (playing.length >= simulationsAtOnce)
    return waits(`${playing.length} simulations play, and at most ${simulationsAtOnce} may`);
  if (waitsForRoom(simulation) && playing.length > 0)
    return waits('there was no room beside others; it is tried when it is alone');
  return { alone: playing.length === 0 };
}

/** The one that may start next; null: none waits. */
export function firstQueued(simulations: readonly SeenSimulation[]): SeenSimulation | null {
  const queued = simulations.filter(isQueued);
  return queued.reduce<SeenSimulation | null>(
    (first, one) => (first === null || isBefore(one, first) ? one : first),
    null,
  );
}

/** Whether it found no room beside others. */
function waitsForRoom({ status }: SeenSimulation): boolean {
  return reasonOf(status, 'Running') === WAITING_FOR_ROOM;
}

function isQueued({ status, going, asked }: SeenSimulation): boolean {
  const suspended = typeof asked === 'string' || asked.deployment.suspend === true;
  return !going && !suspended && status.state === 'Queued' && isAccepted(status);
}

/** By the time of acceptance; those of the same second by name. */
function isBefore(one: SeenSimulation, other: SeenSimulation): boolean {
  return orderOf(one) < orderOf(other);
}

function orderOf({ status, namespace, name }: SeenSimulation): string {
  const time = Date.parse(status.startTime ?? '') || 0;
  return `${String(time).padStart(16, '0')} ${namespace}/${name}`;
}

function nameOf({ namespace, name }: SeenSimulation, from: SeenSimulation): string {
  return namespace === from.namespace ? name : `${namespace}/${name}`;
}
