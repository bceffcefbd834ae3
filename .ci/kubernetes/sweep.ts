// node .ci/kubernetes/sweep.ts [RUNS]: RUNS (10,000) runs in memory by one worker and by four, of which a pod is killed, on
// the cluster that KUBECONFIG names. The objects must be those of `gossip run`; prints how long it takes.
import { differences } from '../objects.ts';
import {
  apply,
  ended,
  notComplete,
  objectsInCluster,
  objectsInMemory,
  remove,
  simulation,
  simulationOf,
  until,
} from './cluster.ts';
import { killed, podsOf } from './faults.ts';
import { check, exitCode } from './report.ts';

const runs = Number(process.argv[2] ?? 10_000);
const KARATE = 'examples/karate.yaml';
const PLAYED = 1200;

for (const parallelism of [1, 4]) {
  const name = `sweep-${parallelism}`;
  const spec = { deployment: 'memory', parallelism, repetitions: runs };
  const resource = simulationOf(name, { name: 'karate' }, spec);
  const struck = parallelism === 1 ? '' : ', a pod killed in between';
  await check(`${runs} runs by ${parallelism} workers${struck}: memory's objects`, async () => {
    apply(KARATE, resource);
    const begin = performance.now();
    if (parallelism > 1) {
      await until(
        'a third is played',
        PLAYED,
        () => 3 * (simulation(name).status?.runs?.done ?? 0) > runs,
      );
      killed(podsOf(name, 'worker'));
    }
    const done = await ended(name, PLAYED);
    const seconds = (performance.now() - begin) / 1000;
    const wrong = notComplete(done);
    if (wrong.length > 0) return wrong;
    const alone = performance.now();
    const here = await objectsInMemory([KARATE, resource], done.status!.seed!);
    const beside = (performance.now() - alone) / 1000;
    console.log(
      `      ${seconds.toFixed(1)} s from applying to complete; ${beside.toFixed(1)} s on this machine, into a folder`,
    );
    wrong.push(...differences(await objectsInCluster(done), here));
    await remove(name);
    return wrong;
  });
}
process.exitCode = exitCode();
