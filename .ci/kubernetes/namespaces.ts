// node .ci/kubernetes/namespaces.ts [HOSTS]: HOSTS (1,000) hosts with a node each on machines that are network namespaces,
// and the runner of an assignment, with a name server that counts: what the runner takes and asks, with few of the hosts and
// with all. The objects must be memory's. Linux, as root; the bundle (node build.ts) is to be there.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assignment } from '../../src/runner/assignment.ts';
import { hostNames } from '../../src/runner/cluster-names.ts';
import { runnerResources } from '../../src/runner/needs-pods.ts';
import { simulationSpec } from '../../src/runner/simulation.ts';
import { openStorage } from '../../src/storage/index.ts';
import { differences, objectsOf } from '../objects.ts';
import { circle, NAMESPACE, objectsInMemory, simulationOf, withoutPlaces } from './cluster.ts';
import { enterNamespaces, makeMachines, OUTSIDE, OWN_FOLDER, podAddress } from './machines.ts';
import { type NameServer, serveNames } from './name-server.ts';
import { startHosts } from './namespace-hosts.ts';
import { type Played, playOn } from './namespace-runner.ts';
import { check, exitCode } from './report.ts';

const INSIDE = '--inside';
const args = process.argv.slice(2).filter((argument) => argument !== INSIDE);
const script = fileURLToPath(import.meta.url);
enterNamespaces(process.argv.includes(INSIDE), script, [...args, INSIDE]);

const count = Number(args[0] ?? 1000);
const FEW = Math.min(count, 20);
const MACHINES = 20;
const API_PORT = 6443;
const SEED = 7;
/** A run of 1,000 hosts takes about 16 rounds, so 16,000 exchanges, nearly all between processes. */
const REPETITIONS = 2;
/** The Job, and its Service. */
const HOSTS = 'circle-0123456789-g0';
const DOMAIN = 'cluster.local';
/** As pods have it. */
const RESOLV_CONF = `search ${NAMESPACE}.svc.${DOMAIN} svc.${DOMAIN} ${DOMAIN}
nameserver ${OUTSIDE}
options ndots:5
`;
const MEBIBYTE = 2 ** 20;

const token = randomBytes(32).toString('base64url');
const folder = mkdtempSync(join(OWN_FOLDER, 'gossip-'));
const log = join(folder, 'log');
const logged = openSync(log, 'a');
const places = Array.from({ length: count }, (_, host) => {
  const machine = host % MACHINES;
  return { machine, address: podAddress(machine, Math.floor(host / MACHINES)) };
});
try {
  makeMachines(MACHINES, RESOLV_CONF, folder);
  const names = hostNames({ job: HOSTS, service: HOSTS, namespace: NAMESPACE }, count, DOMAIN);
  const server = await serveNames(
    OUTSIDE,
    new Map(names.map((name, host) => [name, places[host].address])),
  );
  await serveGraphs();
  const [host] = await startHosts({ places, graph: shape(count), token, log: logged });
  const few = await play(FEW, server, host);
  const all = await play(count, server, host);
  if (few && all && count > FEW) {
    const own = (all.most.own - few.most.own) / (count - FEW);
    console.log(`      each host more: ${(own / 1024).toFixed(1)} KiB of the runner`);
  }
} finally {
  if (exitCode() !== 0) console.log(readFileSync(log, 'utf8').split('\n').slice(-40).join('\n'));
}
// It is process 1 of its namespaces: all others end with it.
process.exit(exitCode());

async function play(hosts: number, server: NameServer, host: number): Promise<Played | null> {
  let played: Played | null = null;
  const name = nameOf(hosts);
  await check(`${hosts} hosts in network namespaces: the objects are memory's`, async () => {
    const before = new Map(server.questions);
    const memory = runnerResources(shape(hosts), hosts).limits.memory;
    const more = { api: `${OUTSIDE}:${API_PORT}`, token, memory, folder, log: logged, host };
    played = await playOn({ assignment: assignmentOf(hosts), ...more });
    const storage = await openStorage(resultsOf(hosts), {});
    const results = await objectsOf(storage);
    tell(hosts, played, before, server, await shortestRun(results.keys(), storage));
    const resource = simulationOf(name, { name }, { repetitions: REPETITIONS });
    return differences(
      withoutPlaces(results),
      await objectsInMemory([circle(name, hosts), resource], SEED),
    );
  });
  return played;
}

function assignmentOf(hosts: number): Assignment {
  const name = nameOf(hosts);
  const spec = { graphSelector: { matchLabels: { name } }, repetitions: REPETITIONS, seed: SEED };
  return {
    simulation: { name, namespace: NAMESPACE, uid: '0123456789' },
    spec: simulationSpec.required({ seed: true }).parse(spec),
    timestamp: '2026-01-02-03-04-05',
    graphs: [{ name, sha256: null }],
    results: resultsOf(hosts),
    play: {
      ...{ on: 'hosts', graph: 0, hosts, nodesPerHost: 1, startDeadlineSeconds: 600 },
      ...{ job: HOSTS, service: HOSTS },
    },
    strategies: false,
  };
}

/** An API server that has the Graphs of all sizes. */
async function serveGraphs(): Promise<void> {
  const server = createServer(({ url = '' }, response) => {
    const [, hosts] = /\/graphs\/circle-(\d+)$/.exec(url) ?? [];
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(circle(nameOf(Number(hosts)), Number(hosts))));
  });
  server.listen(API_PORT, OUTSIDE);
  await once(server, 'listening');
}

function tell(
  hosts: number,
  { ready, firstRun, end, most, host }: Played,
  before: ReadonlyMap<string, number>,
  { questions }: NameServer,
  shortest: number,
): void {
  const say = (text: string) => console.log(`      ${text}`);
  // Runs at once may end together, with the runner: then there is nothing to be seen between.
  const firstEnd = Number.isNaN(firstRun) ? end : firstRun;
  if (!Number.isNaN(ready)) say(`all hosts found after ${ready.toFixed(1)} s`);
  say(`the first round begins after about ${(firstEnd - shortest).toFixed(1)} s`);
  say(`all runs are done after ${end.toFixed(1)} s`);
  say(
    `the runner: at most ${mebibytes(most.memory)} (${mebibytes(most.own)} its own), ${most.sockets} sockets (${(most.sockets / hosts).toFixed(2)} a host), ${most.descriptors} descriptors`,
  );
  say(
    `a host: ${mebibytes(host.memory)} (${mebibytes(host.own)} its own), ${host.sockets} sockets`,
  );
  const asked = [...questions].map(([kind, times]) => [kind, times - (before.get(kind) ?? 0)]);
  const all = asked.reduce((sum, [, times]) => sum + Number(times), 0);
  const named = asked.map(([kind, times]) => `${times} ${kind}`).join(', ');
  say(`questions to the name server: ${named}: ${(all / hosts).toFixed(3)} a host`);
}

/** Seconds of the shortest run. */
async function shortestRun(
  keys: Iterable<string>,
  storage: Awaited<ReturnType<typeof openStorage>>,
): Promise<number> {
  const [key] = keys;
  const bytes = await storage.get(`${key.split('/', 1)[0]}/timings.csv`);
  const [header, ...lines] = Buffer.from(bytes ?? [])
    .toString()
    .trim()
    .split('\n');
  const column = header.split(',').indexOf('wall_seconds');
  return Math.min(...lines.map((line) => Number(line.split(',')[column])));
}

function nameOf(hosts: number): string {
  return `circle-${hosts}`;
}

function resultsOf(hosts: number): string {
  return join(folder, `results-${hosts}`);
}

/** Of the circle. */
function shape(nodes: number) {
  return { nodes, edges: 3 * nodes };
}

function mebibytes(bytes: number): string {
  return `${(bytes / MEBIBYTE).toFixed(0)} MiB`;
}
