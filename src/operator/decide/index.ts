import type { Decision, Observation } from '../observation.ts';
import { accepting } from './accepting.ts';
import { waiting } from './decision.ts';
import { afterEnd, ending, failed } from './ending.ts';
import { isAccepted, playOf } from './play.ts';
import { playing, queued, suspended } from './playing.ts';
import { isOver } from './status-in.ts';

/**
 * What is to be done for a Simulation, from nothing but what is seen of it: its status, its Jobs, and the others. So
 * it can be decided at any moment, by any operator, and decided twice it changes nothing.
 */
export function decide(seen: Observation): Decision {
  const { status, asked, going } = seen.simulation;
  // The garbage collector removes what it owns.
  if (going) return waiting();
  if (isOver(status)) return afterEnd(seen);
  if (!isAccepted(status) || status.state === 'Refused') return accepting(seen);
  if (typeof asked === 'string') {
    return failed(playOf(seen, status, {}), { reason: 'InvalidSpec', message: asked });
  }
  const play = playOf(seen, status, asked.deployment);
  const ended = ending(play);
  if (ended !== null) return ended;
  if (asked.deployment.suspend === true) return suspended(play);
  return status.state === 'Starting' || status.state === 'Running' ? playing(play) : queued(play);
}

export { firstQueued } from './gate.ts';
export { type AcceptedStatus, isAccepted } from './play.ts';
