// node .ci/kubernetes/chaos.ts [TIMES [WHICH [FIRST]]]: faults on the cluster that KUBECONFIG names, each TIMES (1) at moments
// that a seed draws; WHICH: those alone whose names have this word; FIRST: from this of the moments on (1). Every Simulation must end Complete with the objects of an undisturbed one, and leave nothing when it is deleted.
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
const which = process.argv[3] ?? '';
const first = Number(process.argv[4] ?? 1);
const NODES = 40;
/** Nodes in a line, along which a value takes many rounds: long enough to be struck while it is played. */
const LINE = {
  apiVersion: 'gossip.io/v1',
  kind: 'Graph',
  metadata: { name: 'line' },
  spec: {
    adjacencyList: Array.from({ length: NODES }, (_, node) =>
      node + 1 < NODES ? `${node} ${node + 1},` : `${node},`,
    ),
  },
};
/** As many as a quiet machine plays in some seconds; where all are over too soon, a Simulation of more is struck. */
const RUNS = 300;
const SPEC = {
  nodesPerHost: 8,
  // Little enough that shared memory, of 64 MiB, is too much beside a host.
  pod: { resources: { requests: { memory: '64Mi' }, limits: { memory: '96Mi' } } },
};
const PLAYED = 300;
/** A fault strikes up to so long after the first run is finished, in milliseconds. */
const MOMENT = 4000;

apply(LINE);
const isWanted = (what: string) => what.includes(which);
for (let time = first; time <= times; time++) {
  await Promise.all([
    ...OF_ONE.map(async (fault, index) => {
      if (isWanted(fault.what)) await struck(fault, `one-${index}-${time}`);
    }),
    isWanted('deleted') && deleted(`deleted-${time}`),
  ]);
  for (const [index, fault] of OF_ALL.entries())
    if (isWanted(fault.what)) await struck(fault, `all-${index}-${time}`);
}
process.exitCode = exitCode();

async function struck({ what, strike }: Fault, fault: string): Promise<void> {
  const moment = momentOf(fault);
  await check(`${what} after ${moment} ms: the undisturbed objects`, async () => {
    const name = await caught(fault, moment);
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
async function deleted(fault: string): Promise<void> {
  await check('deleted while it is played, and made again: nothing is left', async () => {
    const name = await caught(fault, momentOf(fault));
    await remove(name);
    const wrong = leftOf(name);
    apply(resourceOf(name));
    const done = await ended(name, PLAYED);
    wrong.push(...notComplete(done), ...(await differing(done)));
    await remove(name);
    return wrong;
  });
}

/** Starts a Simulation, and gives its name so many milliseconds after its first run, while others are still to come. */
async function caught(fault: string, moment: number): Promise<string> {
  for (let runs = RUNS; ; runs *= 4) {
    const name = `${fault}-${runs}`;
    const done = () => simulation(name).status?.runs?.done ?? 0;
    apply(resourceOf(name));
    await until(`the first run of ${name}`, PLAYED, () => done() > 0);
    await sleep(moment);
    if (done() < runs) return name;
    await remove(name);
  }
}

/** The Simulation of a name, which ends with how many runs it has. */
function resourceOf(name: string): object {
  const repetitions = Number(name.split('-').pop());
  return simulationOf(name, { name: 'line' }, { ...SPEC, repetitions });
}

/** Where the objects of a Simulation that is complete differ from what memory leaves under its seed. */
async function differing(done: Simulation): Promise<string[]> {
  const { name } = done.metadata;
  const here = await objectsInMemory([LINE, resourceOf(name)], done.status!.seed!);
  return differences(await objectsInCluster(done), here).map((key) => `differs: ${key}`);
}

/** From 0 to MOMENT, the same for the same name. */
function momentOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() % MOMENT;
}
