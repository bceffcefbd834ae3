import type { Acceptance } from '../acceptance.ts';
import type { Decision, Observation } from '../observation.ts';
import type { SimulationStatus } from '../status.ts';
import { asking, decided, since } from './decision.ts';
import { beginningOf, graphOf, graphsOf } from './jobs.ts';
import { allOf } from './removals.ts';
import { statusIn, type Why } from './status-in.ts';

/** A refused Simulation is looked at again after half of the time that it has been refused for, within these bounds (ms). */
const SOONEST = 2000;
const LATEST = 60_000;

/** Whether a Simulation that is not accepted yet, or whose status was lost, is played. */
export function accepting(seen: Observation): Decision {
  const { simulation, jobs, answers } = seen;
  if (jobs.length === 0 && isFromBefore(seen)) {
    return decided(seen, statusIn(seen, 'Refused', FROM_BEFORE));
  }
  if (typeof simulation.asked === 'string')
    return refused(seen, { reason: 'InvalidSpec', message: simulation.asked });
  const { acceptance } = answers;
  if (acceptance === undefined) return asking('acceptance');
  return acceptance.accepted ? accepted(seen, acceptance) : refused(seen, acceptance);
}

const FROM_BEFORE: Why = {
  reason: 'FoundBeforeInstallation',
  message:
    'this Simulation is older than the operator, and may have been played by another; the annotation gossip.io/play: "true" has it played',
};

/** Whether it was there before the operator was, and nobody said that it is to be played. */
function isFromBefore({ simulation, installedAt }: Observation): boolean {
  if (installedAt === null || simulation.mayPlay) return false;
  const { conditions = [] } = simulation.status;
  if (conditions.some(({ type, status }) => type === 'Accepted' && status === 'True')) return false;
  return Date.parse(simulation.created) < Date.parse(installedAt);
}

function refused(seen: Observation, { reason, message }: Why): Decision {
  const status = statusIn(seen, 'Refused', { reason, message });
  const { simulation, now } = seen;
  const before = simulation.status.conditions?.find(({ type }) => type === 'Accepted');
  const age = before?.status === 'False' ? since(before.lastTransitionTime, now) : 0;
  return decided(seen, status, {
    removals: graphsOf(seen.jobs).map(allOf),
    again: Math.min(LATEST, Math.max(SOONEST, age / 2)),
  });
}

/** Seed and start are those of before, where something is still known of them. */
function accepted(seen: Observation, acceptance: Acceptance & { accepted: true }): Decision {
  const { simulation, jobs, now, drawnSeed, results } = seen;
  const { status: before, asked } = simulation;
  const { graphs, runs, folder, message } = acceptance;
  const said = typeof asked === 'string' ? undefined : asked.spec.seed;
  const begun = beginningOf(jobs);
  const seed = begun.seed ?? before.seed ?? said ?? drawnSeed;
  const done = Math.min(
    Math.max(0, before.graphs?.done ?? 0, ...jobs.map(graphOf)),
    graphs.length - 1,
  );
  const changes: Partial<SimulationStatus> = {
    seed,
    startTime: begun.startTime ?? before.startTime ?? now.toISOString(),
    accepted: [...graphs],
    graphs: { done, total: graphs.length },
    ...(runs !== null && { runs: { done: 0, total: runs } }),
    ...(folder !== null && { results: `${results}/${folder(seed)}` }),
  };
  // What is there already is gone on with.
  const status =
    jobs.length === 0
      ? statusIn(seen, 'Queued', { reason: 'Queued', message: 'accepted' }, changes, message)
      : statusIn(seen, 'Starting', { reason: 'Starting', message: 'going on' }, changes, message);
  return decided(seen, status, { again: 0 });
}
