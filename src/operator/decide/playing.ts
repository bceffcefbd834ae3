import { startDeadlineOf } from '../objects/index.ts';
import type { Decision } from '../observation.ts';
import type { SimulationStatus } from '../status.ts';
import { asking, decided, since, waiting } from './decision.ts';
import { failed, resultsOf } from './ending.ts';
import { passage, WAITING_FOR_ROOM } from './gate.ts';
import { isGoing, readyOf } from './jobs.ts';
import type { Play } from './play.ts';
import { podsOnly } from './removals.ts';
import { reasonOf, statusIn } from './status-in.ts';

/**
 * How soon pods on their way out are looked at again, pods that play, and Simulations that wait for others, in
 * milliseconds, though nobody tells of a change.
 */
const SOON = 1000;
const LATER = 10_000;
const MUCH_LATER = 60_000;

/** The reason of those that started while no other played: for them, too little room will not become more. */
const ALONE = 'StartingAlone';

/** A Simulation whose turn it may be. */
export function queued(play: Play): Decision {
  const { seen, hosts, player, graph, pods } = play;
  if ([hosts, player].some((job) => job !== undefined && isGoing(job))) return waiting(SOON);
  // None should be there: they were made for a state that somebody edited.
  const removals = hosts === undefined && player === undefined ? [] : [podsOnly(graph)];
  const passed = passage(seen);
  if ('reason' in passed) {
    const status = statusIn(seen, 'Queued', passed, { hosts: undefined });
    return decided(seen, status, { removals, again: MUCH_LATER });
  }
  if (removals.length > 0) return { ...waiting(SOON), removals };
  const why = {
    reason: passed.alone ? ALONE : 'Starting',
    message: startingWhat(play),
  };
  const status = statusIn(seen, 'Starting', why, { hosts: { ready: 0, total: pods } });
  return decided(seen, status, { make: graph, again: LATER });
}

/** A Simulation that was told to let its pods go. */
export function suspended(play: Play): Decision {
  const { seen, hosts, player, graph, status } = play;
  const there = [hosts, player].some((job) => job !== undefined && !isGoing(job));
  const held = status.state === 'Starting' || status.state === 'Running';
  const why = { reason: 'Suspended', message: 'suspended; what is played stays stored' };
  return decided(seen, statusIn(seen, 'Suspended', why, { hosts: undefined }), {
    removals: there || held ? [podsOnly(graph)] : [],
  });
}

/** A Simulation that has its pods, or waits for them. */
export function playing(play: Play): Decision {
  const { seen, status, deployment, hosts, player, graph, pods } = play;
  const { answers, now } = seen;
  if ([hosts, player].some((job) => job !== undefined && isGoing(job))) return waiting(SOON);
  if (answers.refusal !== undefined) return noRoom(play, 'NotMade', answers.refusal);
  const changes: Partial<SimulationStatus> = {
    hosts: { ready: readyOf(hosts), total: pods },
    runs: runsOf(play),
    results: resultsOf(seen) ?? status.results,
  };
  const make = hosts === undefined || player === undefined ? { make: graph } : {};
  if (status.state === 'Running' || hasStarted(play)) {
    const why = { reason: 'Playing', message: playingHow(play) };
    return decided(seen, statusIn(seen, 'Running', why, changes), { ...make, again: LATER });
  }
  const left = startDeadlineOf(deployment) * 1000 - since(hosts?.metadata?.creationTimestamp, now);
  if (left <= 0) return tooLate(play);
  const why = {
    reason: reasonOf(status, 'Running') === ALONE ? ALONE : 'Starting',
    message: startingWhat(play),
  };
  return decided(seen, statusIn(seen, 'Starting', why, changes), {
    ...make,
    again: Math.min(left, LATER),
  });
}

/** Whether all hosts are there and the runner, or a worker; who plays has what it needs. */
function hasStarted({ seen, hosts, player, onHosts, pods }: Play): boolean {
  if (seen.progress?.phase === 'playing') return true;
  return readyOf(hosts) >= (onHosts ? pods : 1) && readyOf(player) > 0;
}

/** Who looks should know of pods that fail, though others go on in their place. */
function playingHow({ player, onHosts }: Play): string {
  const failed = player?.status?.failed ?? 0;
  if (failed === 0) return 'playing';
  const who = onHosts ? 'the runner' : 'a worker';
  return `playing; ${who} failed ${failed === 1 ? 'once' : `${failed} times`}, and was started again`;
}

function startingWhat({ status: { graphs }, onHosts, graph, pods, word }: Play): string {
  const what = `starting ${pods} ${word}`;
  return onHosts && graphs.total > 1 ? `${what} of graph ${graph + 1}` : what;
}

function tooLate(play: Play): Decision {
  const { seen, deployment, hosts, pods, word } = play;
  const { missing, crash } = seen.answers;
  const late = `did not start within ${startDeadlineOf(deployment)} s`;
  const absent = pods - readyOf(hosts);
  if (absent === 0) {
    if (crash === undefined) return asking('crash');
    return noRoom(play, 'RunnerDidNotStart', `the runner ${late}: ${crash}`);
  }
  if (missing === undefined) return asking('missing');
  const reason = play.onHosts ? 'HostsDidNotStart' : 'WorkersDidNotStart';
  return noRoom(play, reason, `${absent} of ${pods} ${word} ${late}: ${missing}`);
}

/** Not all pods came. Where others held room, it is tried again without them; since one starts at a time, none came since. */
function noRoom(play: Play, reason: string, message: string): Decision {
  const { seen, status, graph } = play;
  if (reasonOf(status, 'Running') === ALONE) return failed(play, { reason, message });
  const why = {
    reason: WAITING_FOR_ROOM,
    message: `${message}; it is tried again when no other simulation plays`,
  };
  return decided(seen, statusIn(seen, 'Queued', why, { hosts: undefined }), {
    removals: [podsOnly(graph)],
    again: 0,
  });
}

/** Runs of all graphs, of which those before are done; never fewer than before, though a runner may begin again. */
function runsOf({ seen, status, onHosts, graph }: Play): SimulationStatus['runs'] {
  const { progress } = seen;
  const { runs, graphs } = status;
  if (progress === null || progress.runs === 0) return runs;
  const total = runs?.total ?? progress.runs * (onHosts ? graphs.total : 1);
  const before = onHosts ? Math.round((total * graph) / graphs.total) : 0;
  const done = Math.min(total, before + progress.runsDone);
  return { done: Math.max(done, runs?.done ?? 0), total };
}
