import { namesOf } from '../names.ts';
import { onHosts } from '../objects/index.ts';
import type { Decision, Observation } from '../observation.ts';
import type { SimulationStatus } from '../status.ts';
import { asking, decided, since } from './decision.ts';
import { graphOf, graphsOf, hasEnded, isComplete, isFailed, isGoing } from './jobs.ts';
import type { Play } from './play.ts';
import { allOf, exceptLogs } from './removals.ts';
import { statusIn, type Why, whyOf } from './status-in.ts';

/** What follows from Jobs that have ended; null: none of those that matter has. */
export function ending(play: Play): Decision | null {
  const { seen, hosts, player, word } = play;
  const { ending, missing, crash } = seen.answers;
  if (player !== undefined && isComplete(player)) {
    if (ending === undefined && play.status.results === undefined) return asking('ending');
    return graphDone(play);
  }
  if (player !== undefined && isFailed(player)) {
    if (ending === undefined) return asking('ending');
    if (ending === null || !('error' in ending)) {
      if (crash === undefined) return asking('crash');
      const who = play.onHosts ? 'the runner' : word;
      return failed(play, { reason: 'RunnerFailed', message: `${who} failed: ${crash}` });
    }
    const reason = ending.code === 'input' ? 'InvalidInput' : 'RunFailed';
    return failed(play, { reason, message: ending.error });
  }
  if (hosts !== undefined && isFailed(hosts)) {
    if (missing === undefined) return asking('missing');
    return failed(play, { reason: 'HostsFailed', message: `${word} failed: ${missing}` });
  }
  return null;
}

function graphDone(play: Play): Decision {
  const { seen, status, graph } = play;
  const { graphs, runs } = status;
  const done = play.onHosts ? graph + 1 : graphs.total;
  const played = runs && {
    done: Math.round((runs.total * done) / graphs.total),
    total: runs.total,
  };
  const changes: Partial<SimulationStatus> = {
    graphs: { done, total: graphs.total },
    runs: played,
    hosts: undefined,
    results: resultsOf(seen) ?? status.results,
  };
  const removals = [exceptLogs(graph, play.onHosts, true)];
  if (done < graphs.total) {
    const why = { reason: 'NextGraph', message: `graph ${done + 1} of ${graphs.total} is next` };
    return decided(seen, statusIn(seen, 'Queued', why, changes), { removals, again: 0 });
  }
  const many = graphs.total === 1 ? 'a graph' : `${graphs.total} graphs`;
  const what = played === undefined ? many : `${played.total} runs on ${many}`;
  const where = changes.results === undefined ? '' : `; results in ${changes.results}`;
  const why = { reason: 'Complete', message: `played ${what}${where}` };
  const completionTime = seen.now.toISOString();
  const over = statusIn(seen, 'Complete', why, { ...changes, completionTime });
  return decided(seen, over, { removals, again: 0 });
}

/** Ends a Simulation: hosts and runners that are still there go, those that have ended stay for their logs. */
export function failed(play: Play, why: Why): Decision {
  const { seen, player, graph, onHosts } = play;
  const removals = [exceptLogs(graph, onHosts, player !== undefined && hasEnded(player))];
  const completionTime = seen.now.toISOString();
  const over = statusIn(seen, 'Failed', why, { completionTime, hosts: undefined });
  return decided(seen, over, { removals, again: 0 });
}

/** After the end: what should not be there goes, and after its time all that was made. */
export function afterEnd(seen: Observation): Decision {
  const { simulation, jobs, now } = seen;
  const { status, asked } = simulation;
  const { completionTime = now.toISOString(), state = 'Complete' } = status;
  const deployment = typeof asked === 'string' ? {} : asked.deployment;
  const { ttlSecondsAfterFinished: ttl } = deployment;
  const next = statusIn(seen, state, whyOf(status), { completionTime });
  const left = ttl === undefined ? undefined : ttl * 1000 - since(completionTime, now);
  if (left !== undefined && left <= 0) {
    return decided(seen, next, { removals: graphsOf(jobs).map(allOf) });
  }
  const hosted = onHosts(deployment);
  const removals = graphsOf(jobs).flatMap((graph) => {
    const { hosts, runner } = namesOf(simulation, graph);
    const own = jobs.filter((job) => graphOf(job) === graph && !isGoing(job));
    const player = own.find(({ metadata }) => metadata?.name === (hosted ? runner : hosts));
    const isKept = player !== undefined && hasEnded(player);
    return isKept && own.length === 1 ? [] : [exceptLogs(graph, hosted, isKept)];
  });
  return decided(seen, next, { removals, ...(left !== undefined && { again: left }) });
}

/** Where results are, as the runner says it. */
export function resultsOf({ answers, progress, results }: Observation): string | undefined {
  const said = answers.ending && 'folder' in answers.ending ? answers.ending.folder : null;
  const folder = said ?? progress?.folder ?? null;
  if (folder === null || folder === '') return undefined;
  return folder.includes('://') ? folder : `${results}/${folder}`;
}
