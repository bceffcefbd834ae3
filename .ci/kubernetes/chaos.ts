// node .ci/kubernetes/chaos.ts [TIMES]: faults on the cluster that KUBECONFIG names, each TIMES (1) at moments that a seed
// draws. Every Simulation must end Complete with the objects of an undisturbed one, and leave nothing when it is deleted.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { differences } from '../objects.ts';
import {
  apply,
  ended,
  leftOf,
  notComplete,
  objectsInCluster,
  objectsInMemory,
  remove,
  type Simulation,
  simulation,
  simulationOf,
  until,
} from './cluster.ts';
import { type Fault, OF_ALL, OF_ONE } from './faults.ts';
import { check, exitCode } from './report.ts';

const times = Number(process.argv[2] ?? 1);
const KARATE = 'examples/karate.yaml';
/** Long enough to be struck while it is played. */
const SPEC = {
  nodesPerHost: 7,
  repetitions: 400,
  // Little enough that shared memory, of 64 MiB, is too much beside a host.
  pod: { resources: { requests: { memory: '64Mi' }, limits: { memory: '96Mi' } } },
};
const PLAYED = 300;
/** A fault strikes up to so long after the first run is finished, in milliseconds. */
const MOMENT = 4000;

apply(KARATE);
for (let time = 1; time <= times; time++) {
  await Promise.all([
    ...OF_ONE.map((fault, index) => struck(fault, `one-${index}-${time}`)),
    deleted(`deleted-${time}`),
  ]);
  for (const [index, fault] of OF_ALL.entries()) await struck(fault, `all-${index}-${time}`);
}
process.exitCode = exitCode();

async function struck({ what, strike }: Fault, name: string): Promise<void> {
  const moment = momentOf(name);
  await check(`${what} after ${moment} ms: the undisturbed objects`, async () => {
    await begun(name);
    await sleep(moment);
    const { runs } = simulation(name).status ?? {};
    if (runs?.done === runs?.total) return ['it was over before: make it longer'];
    await strike(name);
    const done = await ended(name, PLAYED);
    const wrong = notComplete(done);
    if (wrong.length > 0) return wrong;
    wrong.push(...(await differing(done)));
    await remove(name);
    return wrong;
  });
}

/** A Simulation that is deleted while it is played: nothing of it is left, and the next of its name is played. */
async function deleted(name: string): Promise<void> {
  await check('deleted while it is played, and made again: nothing is left', async () => {
    await begun(name);
    await sleep(momentOf(name));
    await remove(name);
    const wrong = leftOf(name);
    apply(simulationOf(name, { name: 'karate' }, SPEC));
    const done = await ended(name, PLAYED);
    wrong.push(...notComplete(done), ...(await differing(done)));
    await remove(name);
    return wrong;
  });
}

/** Starts a Simulation and waits for its first run. */
async function begun(name: string): Promise<void> {
  apply(simulationOf(name, { name: 'karate' }, SPEC));
  await until(
    `the first run of ${name}`,
    120,
    () => (simulation(name).status?.runs?.done ?? 0) > 0,
  );
}

/** Where the objects of a Simulation that is complete differ from what memory leaves under its seed. */
async function differing(done: Simulation): Promise<string[]> {
  const { name } = done.metadata;
  const resource = simulationOf(name, { name: 'karate' }, SPEC);
  const here = await objectsInMemory([KARATE, resource], done.status!.seed!);
  return differences(await objectsInCluster(done), here).map((key) => `differs: ${key}`);
}

/** From 0 to MOMENT, the same for the same name. */
function momentOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() % MOMENT;
}
