// node .ci/kubernetes/scale.ts [PODS]: a Simulation of PODS (200) hosts with a node each, beside as many pods of a bare
// Node, and one of 1,000 nodes in 10 pods, on the cluster that KUBECONFIG names. Prints what is measured; only traces are checked.
import { differences } from '../objects.ts';
import {
  apply,
  circle,
  ended,
  idle,
  kubectl,
  NAMESPACE,
  notComplete,
  objectsInCluster,
  objectsInMemory,
  read,
  remove,
  simulation,
  simulationOf,
  until,
} from './cluster.ts';
import { check, exitCode } from './report.ts';

const pods = Number(process.argv[2] ?? 200);
const PLAYED = 900;
const START = 600;

const bare = await bareNode();
await hosts(`circle-${pods}`, circle(`circle-${pods}`, pods), 1, bare);
await hosts('circle-1000', circle('circle-1000', 1000), 100, null);
process.exitCode = exitCode();

/** Pods of a bare Node that are running a second, from the first one's request to the last one's start. */
async function bareNode(): Promise<number> {
  const begin = performance.now();
  apply(idle('bare', pods));
  await until(`${pods} pods of a bare Node`, START, () => {
    const { status } = read<{ status: { ready?: number } }>('get', 'job', 'bare');
    return status.ready === pods;
  });
  const rate = pods / ((performance.now() - begin) / 1000);
  console.log(`      ${pods} pods of a bare Node: ${rate.toFixed(2)} a second`);
  kubectl(['-n', NAMESPACE, 'delete', 'job', 'bare', '--cascade=foreground']);
  return rate;
}

async function hosts(
  name: string,
  graph: object,
  nodesPerHost: number,
  bare: number | null,
): Promise<void> {
  const resource = simulationOf(name, { name }, { nodesPerHost, repetitions: 20 });
  await check(`${name}, ${nodesPerHost} nodes a host: the objects are memory's`, async () => {
    apply(graph);
    const begin = performance.now();
    const seconds = () => (performance.now() - begin) / 1000;
    apply(resource);
    const isReady = () => {
      const { hosts } = simulation(name).status ?? {};
      return hosts !== undefined && hosts.total > 0 && hosts.ready === hosts.total;
    };
    await until('all hosts are ready', START, isReady);
    const ready = seconds();
    const total = simulation(name).status!.hosts!.total;
    const rate = total / ready;
    const beside = bare === null ? '' : `, ${((100 * rate) / bare).toFixed(0)} % of a bare Node's`;
    console.log(
      `      ${total} hosts ready after ${ready.toFixed(1)} s, ${rate.toFixed(2)} a second${beside}`,
    );
    await until('the first run', START, () => (simulation(name).status?.runs?.done ?? 0) > 0);
    console.log(`      first run seen after ${seconds().toFixed(1)} s`);
    const done = await ended(name, PLAYED);
    console.log(`      complete after ${seconds().toFixed(1)} s`);
    const wrong = notComplete(done);
    if (wrong.length > 0) return wrong;
    const here = await objectsInMemory([graph, resource], done.status!.seed!);
    wrong.push(...differences(await objectsInCluster(done), here));
    await remove(name);
    return wrong;
  });
}
