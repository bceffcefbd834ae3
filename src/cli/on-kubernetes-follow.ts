import { GossipError } from '../errors.ts';
import { type Cluster, watchAll } from '../kubernetes/index.ts';
import { SIMULATION, type Simulation } from '../operator/kinds.ts';
import { seenSimulation } from '../operator/seen-simulation.ts';
import type { SimulationStatus } from '../operator/status.ts';
import { countRuns } from '../runner/index.ts';
import type { Begun } from './on-kubernetes-begin.ts';
import { type End, endOf, runsDone, told } from './on-kubernetes-told.ts';
import type { Progress } from './progress.ts';

/** How long nobody may look at a Simulation, in milliseconds. */
const LONGEST_SILENCE = 30_000;

/** A simulation that is over. */
export interface Ended extends Begun, End {
  readonly status: SimulationStatus;
}

/** Follows simulations to the ends of all; what is known of each is kept in `ended` as it comes. */
export async function follow(
  begun: readonly Begun[],
  cluster: Cluster,
  namespace: string,
  { progress, signal, ended }: { progress: Progress; signal: AbortSignal; ended: Ended[] },
): Promise<void> {
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  const stop = new AbortController();
  const states = new Map(
    begun.map((one) => [one.name, { one, status: {} as SimulationStatus, runs: 0 }]),
  );
  const say = (name: string, line: string) =>
    progress.say(`gossip: ${begun.length === 1 ? '' : `${name}: `}${line}`);

  function end(one: Begun, status: SimulationStatus, { problem }: End): void {
    ended.push({ ...one, status, problem });
    states.delete(one.name);
    if (problem !== null) {
      progress.say(
        `gossip: ${one.name}: ${problem.message} (before it is played again: kubectl delete simulation ${one.name} -n ${namespace})`,
      );
    }
    if (states.size === 0) resolve();
  }

  function change(name: string, object: Simulation | null): void {
    const followed = states.get(name);
    if (followed === undefined) return;
    const { one, status: before } = followed;
    const seen = object === null ? null : seenSimulation(object);
    if (seen === null || seen.uid !== one.uid || seen.going) {
      const message = `somebody deleted it in the namespace ${namespace}`;
      end(one, before, { problem: { code: 'failed', message } });
      return;
    }
    const { status } = seen;
    const { plan } = one.asked;
    const done = runsDone(status, countRuns([plan]));
    for (; followed.runs < done; followed.runs++) progress.step();
    const pods = one.deployment.deployment === 'memory' ? 'workers' : 'hosts';
    for (const line of told(before, status, pods)) say(name, line);
    followed.status = status;
    const how = endOf(status);
    if (how !== null) end(one, status, how);
  }

  const watch = watchAll(cluster, SIMULATION, {
    namespaces: [namespace],
    onChange: (key, object) => change(key.slice(namespace.length + 1), object),
    notice: (text) => progress.say(`gossip: ${text}`),
    signal: AbortSignal.any([signal, stop.signal]),
  });
  const silence = setTimeout(() => {
    const silent = [...states.values()].find(({ status }) => status.state === undefined);
    if (silent !== undefined) reject(noOperator(silent.one.name, namespace));
  }, LONGEST_SILENCE);
  const aborted = () => reject(signal.reason);
  signal.addEventListener('abort', aborted);
  try {
    signal.throwIfAborted();
    // What has gone before the first look is in no change.
    const gone = () => {
      for (const name of [...states.keys()])
        if (!watch.objects.has(`${namespace}/${name}`)) change(name, null);
    };
    watch.synced.then(gone, () => {});
    await over;
  } finally {
    signal.removeEventListener('abort', aborted);
    clearTimeout(silence);
    stop.abort();
    await watch.ended;
  }
}

function noOperator(name: string, namespace: string): Error {
  return new GossipError(
    'failed',
    `nothing has looked at ${name} for ${LONGEST_SILENCE / 1000} s: is there an operator for the namespace ${namespace}, and does it run (kubectl get pods --all-namespaces -l app.kubernetes.io/component=operator)? kubectl apply -k deploy/try installs one, which then plays it, and the same command follows it; kubectl delete simulation ${name} -n ${namespace} removes it`,
  );
}
