// node .ci/kubernetes/fake.ts [HOSTS]: a Simulation of HOSTS (4,000) hosts with a node each, and one of a quarter of them,
// on fake nodes of a cluster of its own, up to where real pods would talk; then deleted. Prints what that costs the operator
// and the API server, what of it grows with hosts, and what 100,000 would cost if it went on so.
import { setTimeout as sleep } from 'node:timers/promises';
import { quantityOf } from '../../src/runner/quantity.ts';
import { type Cost, costOf, mebibytes, print, tell } from './api-cost.ts';
import { operatorMemory, total } from './api-figures.ts';
import {
  apply,
  circle,
  idle,
  kubectl,
  leftOf,
  NAMESPACE,
  notComplete,
  read,
  remove,
  type Simulation,
  simulation,
  simulationOf,
  until,
} from './cluster.ts';
import { ON_FAKE_NODES, openFakeCluster } from './fake-cluster.ts';
import { check, exitCode, report } from './report.ts';

const most = Number(process.argv[2] ?? 4000);
const PODS_A_NODE = 500;
/** Seconds. */
const START = 1800;
const PERIOD = 2;
const QUIET = 30;
/** As long as it takes to make that many pods. */
const SHORT_START = 120;
const ENDS = ['Failed', 'Refused', 'Complete'];
const PAPER = 100_000;

/** What a Simulation cost from when it was applied until all of its hosts were ready, and until it was gone. */
interface Costs {
  readonly hosts: number;
  readonly start: Cost;
  readonly end: Cost;
  /** The most that the operator had meanwhile, in bytes. */
  readonly memory: number;
}

await openFakeCluster(Math.ceil((most + 1) / PODS_A_NODE));
const few = await measure(Math.ceil(most / 4));
const many = few && (await measure(most));
if (few && many) compare(few, many);
await missing(most);
await jobsOfPaper();
process.exitCode = exitCode();

async function measure(size: number): Promise<Costs | null> {
  const name = `fake-${size}`;
  let found: Costs | null = null;
  await check(
    `${size} hosts on fake nodes are ready, and nothing is left once deleted`,
    async () => {
      apply(circle(name, size));
      let memory = 0;
      const spec = { nodesPerHost: 1, startDeadlineSeconds: START, pod: ON_FAKE_NODES };
      const start = await costOf(async () => {
        apply(simulationOf(name, { name }, spec));
        memory = await memoryUntil(name, ({ hosts, state }) => {
          if (ENDS.includes(state ?? '')) throw new Error(JSON.stringify(simulation(name).status));
          return hosts?.ready === hosts?.total && hosts?.total === size;
        });
      });
      tell(`${size} hosts ready`, start);
      sizes(name);
      tell(`${QUIET} s in which nothing happens`, await costOf(() => sleep(QUIET * 1000)));
      memory = Math.max(memory, operatorMemory());
      const end = await costOf(() => remove(name));
      tell(`${size} hosts deleted, nothing is left`, end);
      memory = Math.max(memory, operatorMemory());
      print(`the operator's memory: at most ${mebibytes(memory)}`);
      found = { hosts: size, start, end, memory };
      return leftOf(name);
    },
  );
  return found;
}

/** A Simulation whose hosts find no machine: the operator looks at each of them, to say why. */
async function missing(size: number): Promise<void> {
  const name = `missing-${size}`;
  await check(`${size} hosts that find no machine: Failed says how many and why`, async () => {
    apply(circle(name, size));
    const pod = { nodeSelector: { type: 'none' } };
    const spec = { nodesPerHost: 1, startDeadlineSeconds: SHORT_START, pod };
    let memory = 0;
    const cost = await costOf(async () => {
      apply(simulationOf(name, { name }, spec));
      memory = await memoryUntil(name, ({ state }) => ENDS.includes(state ?? ''));
    });
    tell(`${size} hosts missing`, cost);
    print(`the operator's memory: at most ${mebibytes(memory)}`);
    const said = notComplete(simulation(name)).join('; ');
    print(said);
    await remove(name);
    return said.includes(`${size} of ${size} hosts did not start`) ? [] : [said];
  });
}

/** The most memory that the operator has, in bytes, until a Simulation's status is as wanted. */
async function memoryUntil(
  name: string,
  isSo: (status: NonNullable<Simulation['status']>) => boolean,
): Promise<number> {
  let memory = 0;
  await until(`the status of ${name}`, START, async () => {
    await sleep(PERIOD * 1000);
    memory = Math.max(memory, operatorMemory());
    return isSo(simulation(name).status ?? {});
  });
  return memory;
}

/** Bytes of the objects that grow with hosts, as JSON. */
function sizes(name: string): void {
  const label = `gossip.io/simulation=${name}`;
  const list = (kind: string) => read<{ items: object[] }>('get', kind, '-l', label).items;
  for (const kind of ['jobs', 'endpointslices', 'secrets']) {
    const each = list(kind).map((item) => JSON.stringify(item).length);
    const all = each.reduce((a, b) => a + b, 0);
    print(`  ${kind}: ${each.length}, the largest of ${Math.max(...each)} bytes, ${all} in all`);
  }
  const pods = `/api/v1/namespaces/${NAMESPACE}/pods?limit=1&labelSelector=${encodeURIComponent(label)}`;
  const [pod] = JSON.parse(kubectl(['get', '--raw', pods])).items;
  print(`  a pod: ${JSON.stringify(pod).length} bytes`);
  const status = simulation(name).status;
  print(`  the Simulation's status: ${JSON.stringify(status).length} bytes`);
}

/** What grows with hosts, by two points; and what it comes to on paper. */
function compare(one: Costs, other: Costs): void {
  const more = other.hosts - one.hosts;
  const line = (what: string, of: (costs: Costs) => number, text: (value: number) => string) => {
    const slope = (of(other) - of(one)) / more;
    const paper = of(other) + slope * (PAPER - other.hosts);
    print(
      `${what}: ${text(of(one))} at ${one.hosts}, ${text(of(other))} at ${other.hosts}; ${slope.toPrecision(3)} a host; on paper ${text(paper)} at ${PAPER}`,
    );
  };
  const plain = (value: number) => value.toFixed(0);
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  line('time until ready', ({ start }) => start.seconds, seconds);
  line('time until gone', ({ end }) => end.seconds, seconds);
  line('requests of everybody until ready', ({ start }) => total(start.everybody), plain);
  line('requests of everybody until gone', ({ end }) => total(end.everybody), plain);
  line('requests of the operator until ready', ({ start }) => total(start.operator), plain);
  line('requests of the operator until gone', ({ end }) => total(end.operator), plain);
  line("the operator's CPU until ready", ({ start }) => start.cpu, seconds);
  line("the operator's memory", ({ memory }) => memory, mebibytes);
  line("etcd's file", ({ start }) => start.stored, mebibytes);

  // Others tell it of changes, and it tells of some: not of each host.
  const asked = total(other.start.operator) + total(other.end.operator);
  const few = other.hosts / 10;
  report(
    `the operator asks the API server less than once for 10 hosts`,
    asked < few ? [] : [`${asked} times for ${other.hosts}`],
  );
  const limit = read<{
    spec: { template: { spec: { containers: { resources: { limits: { memory: string } } }[] } } };
  }>(...['get', 'deployment', 'gossip-operator']).spec.template.spec.containers[0].resources.limits
    .memory;
  const room = quantityOf(limit) ?? 0;
  report(
    `the operator keeps to its limit of ${limit}`,
    other.memory < room ? [] : [mebibytes(other.memory)],
  );
}

/** A Job may have so many indexes, and no more. */
async function jobsOfPaper(): Promise<void> {
  for (const [hosts, fits] of [
    [PAPER, true],
    [PAPER + 1, false],
  ] as const) {
    await check(
      `the API server ${fits ? 'takes' : 'refuses'} a Job of ${hosts} hosts`,
      async () => {
        const job = idle(`idle-${hosts}`, hosts) as { spec: object };
        const spec = { ...job.spec, backoffLimitPerIndex: 4, maxFailedIndexes: 0 };
        const text = JSON.stringify({ ...job, spec });
        try {
          kubectl(['-n', NAMESPACE, 'create', '--dry-run=server', '-f', '-'], text);
          return fits ? [] : ['it takes it'];
        } catch (error) {
          if (fits) throw error;
          print((error as { stderr: string }).stderr.trim());
          return [];
        }
      },
    );
  }
}
