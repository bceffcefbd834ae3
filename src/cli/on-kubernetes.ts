import { GossipError } from '../errors.ts';
import { type Cluster, connectKubernetes, openCluster } from '../kubernetes/index.ts';
import { SIMULATION } from '../operator/kinds.ts';
import { findSimulations, readRows } from '../results/index.ts';
import { countRuns, type FinishedSimulation, withSeed } from '../runner/index.ts';
import { openStorage, type RunRow, type Storage } from '../storage/index.ts';
import { printAnswer } from './answer.ts';
import { askedFor } from './asked.ts';
import { DEFAULT_RESULTS } from './default-results.ts';
import { exitCodeOf, onSignals } from './interruption.ts';
import { type Begun, begin } from './on-kubernetes-begin.ts';
import { fetchResults, type Source } from './on-kubernetes-fetch.ts';
import { deploymentFlags, type KubernetesFlags } from './on-kubernetes-flags.ts';
import { type Ended, follow } from './on-kubernetes-follow.ts';
import { isLeftRunning } from './on-kubernetes-leave.ts';
import { createProgress } from './progress.ts';
import type { RunFlags } from './run-flags.ts';
import { strategyDirectories } from './strategy-directories.ts';

/** Owner of what is made in the cluster. */
const FIELD_MANAGER = 'gossip-run';

/**
 * `gossip run --on kubernetes`: plays simulations in a cluster that has the operator, follows them, and brings their
 * results here; gives the exit code.
 */
export async function playOnKubernetes(
  paths: readonly string[],
  flags: RunFlags & KubernetesFlags,
): Promise<number> {
  const deployment = deploymentFlags(flags);
  const asked = await askedFor(paths, flags);
  const connection = await connectKubernetes(process.env, flags.context);
  const cluster = openCluster(connection, { fieldManager: FIELD_MANAGER });
  const namespace = flags.namespace ?? cluster.namespace;
  const strategies = strategyDirectories(flags.strategies);
  const progress = createProgress(countRuns(asked.map(({ plan }) => plan)));
  const notice = (text: string) => progress.say(`gossip: ${text}`);
  for (const warning of new Set(asked.flatMap(({ plan }) => plan.warnings))) notice(warning);
  const interruption = onSignals();
  const { signal } = interruption;
  const begun: Begun[] = [];
  const ended: Ended[] = [];
  try {
    // What is wrong with it should be said before anything is played.
    const storage = await openStorage(flags.results ?? DEFAULT_RESULTS, process.env, {
      notice,
      signal,
    });
    const beginning = { cluster, namespace, deployment, strategies, signal, notice };
    await begin(asked, beginning, begun);
    await follow(begun, cluster, namespace, { progress, signal, ended });
    // In the order in which they were asked for.
    const complete = begun.flatMap(({ name }) =>
      ended.filter((one) => one.name === name && one.problem === null),
    );
    if (complete.length > 0) {
      const fetching = { connection, cluster, namespace, signal, notice };
      await fetchResults(complete.map(sourceOf), storage, fetching);
      const finished: FinishedSimulation[] = [];
      for (const one of complete) finished.push(await readFinished(one, storage));
      progress.stop();
      printAnswer(finished, flags);
      const folders = finished.map(({ plan }) => `${storage.describe()}/${plan.folder}`);
      console.error(`Results: ${folders.join(', ')}`);
    }
    progress.stop();
    return exitCode(ended);
  } catch (error) {
    progress.stop();
    if (!signal.aborted) throw error;
    await interrupted(begun, ended, cluster, namespace);
    return exitCodeOf(signal);
  } finally {
    interruption.stop();
    cluster.close();
  }
}

/** 0 where all are complete; 2 where what was asked for was refused, 1 where one failed otherwise. */
function exitCode(ended: readonly Ended[]): number {
  const codes = ended.flatMap(({ problem }) => (problem === null ? [] : [problem.code]));
  if (codes.length === 0) return 0;
  return codes.includes('failed') ? 1 : 2;
}

function sourceOf({ name, uid, status }: Ended): Source {
  const { results } = status;
  if (results !== undefined) return { name, uid, results };
  throw new GossipError('failed', `${name} is complete, but does not say where its results are`);
}

/** A simulation whose results are here, as if it had been played here. */
async function readFinished(
  { asked, name, status }: Ended,
  storage: Storage,
): Promise<FinishedSimulation> {
  const plan = withSeed(asked.plan, status.seed ?? asked.plan.seed);
  const folder = (status.results ?? '').replace(/^.*\//, '');
  if (folder !== plan.folder) {
    throw new GossipError(
      'failed',
      `the results of ${name} are in ${storage.describe()}/${folder}, but the same played here would be in ${plan.folder}: another version of gossip is in the cluster; gossip results ${storage.describe()}/${folder} --format table shows them`,
    );
  }
  const rows: RunRow[] = [];
  const fail = (problem: Error) => {
    throw problem;
  };
  const wanted = { folder, simulations: null, algorithms: null };
  for await (const simulation of findSimulations(storage, wanted, fail)) {
    for await (const row of readRows(storage, simulation, null)) rows.push(row as RunRow);
  }
  return { plan, rows };
}

/** After Ctrl-C: what was begun is left running, unless somebody says that it is to be deleted. */
async function interrupted(
  begun: readonly Begun[],
  ended: readonly Ended[],
  cluster: Cluster,
  namespace: string,
): Promise<void> {
  const names = begun.map(({ name }) => name).filter((name) => !ended.some((e) => e.name === name));
  if (names.length === 0) {
    console.error(
      begun.length === 0
        ? 'gossip: interrupted'
        : 'gossip: interrupted; the same command fetches the results',
    );
    return;
  }
  const all = names.join(' ');
  const many = names.length > 1;
  if (await isLeftRunning(`gossip: leave ${names.join(', ')} running in the cluster?`)) {
    console.error(
      `gossip: ${names.join(', ')} ${many ? 'go' : 'goes'} on in the namespace ${namespace}: the same command follows ${many ? 'them' : 'it'} again and fetches the results; kubectl delete simulation ${all} -n ${namespace} ends ${many ? 'them' : 'it'}`,
    );
    return;
  }
  for (const name of names) {
    const { uid } = begun.find((one) => one.name === name)!;
    await cluster.delete(SIMULATION, { name, namespace, uid });
  }
  console.error(
    `gossip: deleted ${names.join(', ')}; graphs, and results that are stored already, stay there`,
  );
}
