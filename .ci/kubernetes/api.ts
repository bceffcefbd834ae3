// node .ci/kubernetes/api.ts: what the operator needs of an API server, on the cluster that KUBECONFIG names (Node and
// Deno): objects, watches, events; two candidates for a Lease, of which one is killed; and an API server that is
// restarted, which takes a cluster of its own from ../shared/kube.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectKubernetes, NAMESPACE, openCluster } from '../../src/kubernetes/index.ts';
import { check, exitCode, report } from './report.ts';

const KUBE = fileURLToPath(new URL('../../../shared/kube/', import.meta.url));
/** The longest that a Lease is without a leader after a kill: it runs out, and a candidate looks. In milliseconds. */
const TAKEOVER = 15_000 + 1500 + 1500;
/** After a release: a candidate looks. */
const HANDOVER = 1500 + 1500;
const namespace = `gossip-leader-${process.pid}`;

run('Node', [process.execPath], '.ci/kubernetes/api-conformance.ts');
if (spawnSync('deno', ['--version']).status === 0)
  run('Deno', ['deno', 'run', '-A'], '.ci/kubernetes/api-conformance.ts');

const connection = await connectKubernetes();
const cluster = openCluster(connection, { fieldManager: 'gossip-check' });
await cluster.create(NAMESPACE, { metadata: { name: namespace } });
try {
  await leaders();
} finally {
  await cluster.delete(NAMESPACE, { name: namespace });
  connection.close();
}
await restart();
process.exitCode = exitCode();

/** Runs a program of checks, which says what is right and wrong. */
function run(
  name: string,
  [command, ...more]: readonly string[],
  program: string,
  environment: Readonly<Record<string, string>> = {},
): void {
  const { status, stdout, stderr } = spawnSync(command, [...more, program], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  process.stdout.write(stdout.replaceAll(/^(ok|FAIL) +/gm, (result) => `${result}${name}: `));
  if (status !== 0) report(`${name}: ${program}`, [`exit code ${status}`, stderr]);
}

/** A candidate in a process of its own, and when it said that it leads. */
function candidate(identity: string) {
  const args = ['.ci/kubernetes/api-candidate.ts', namespace, identity];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const times: number[] = [];
  child.stdout.on('data', (data) => times.push(...`${data}`.trim().split('\n').map(Number)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return { identity, times, end };
}

type Candidate = ReturnType<typeof candidate>;

async function leaders(): Promise<void> {
  const all = [candidate('a'), candidate('b')];
  let [leader, other] = all;
  try {
    await check('one of two candidates leads', async () => {
      await until(() => all.some(({ times }) => times.length > 0));
      if (leader.times.length === 0) [leader, other] = [other, leader];
      await sleep(5000);
      return other.times.length === 0 ? [] : ['so does the other'];
    });
    for (const [signal, longest] of [
      ['SIGKILL', TAKEOVER],
      ['SIGTERM', HANDOVER],
    ] as const) {
      const begin = Date.now();
      await leader.end(signal);
      await until(() => other.times.length > 0);
      const took = other.times[0] - begin;
      report(
        `a leader ended by ${signal} is followed after ${(took / 1000).toFixed(1)} s`,
        took <= longest ? [] : [`longer than ${longest / 1000} s`],
      );
      leader = other;
      other = candidate(`after ${signal}`);
      all.push(other);
      await sleep(3000);
    }
  } finally {
    await Promise.all(all.map(({ end }) => end('SIGTERM')));
  }
  report(`never two leaders, of ${all.length} candidates`, overlaps(all));
}

/** Candidates that led between the first and the last time of another. */
function overlaps(all: readonly Candidate[]): string[] {
  const terms = all
    .filter(({ times }) => times.length > 0)
    .map(({ identity, times }) => ({ identity, begin: times[0], end: times.at(-1)! }))
    .sort((a, b) => a.begin - b.begin);
  return terms
    .slice(1)
    .filter(({ begin }, index) => begin <= terms[index].end)
    .map(({ identity, begin }) => `${identity} leads from ${begin}: ${JSON.stringify(terms)}`);
}

async function restart(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-api-'));
  const own = { MINIKLUSTER_STATE: join(folder, 'state'), MINIKLUSTER_PORT: await freePort() };
  const env = { ...process.env, ...own };
  try {
    const KUBECONFIG = execFileSync(`${KUBE}up`, { env, encoding: 'utf8' }).trim();
    run('restart', [process.execPath], '.ci/kubernetes/api-restart.ts', { ...own, KUBECONFIG });
  } finally {
    execFileSync(`${KUBE}down`, ['--purge'], { env });
    rmSync(folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `${port}`;
}

async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 2 * TAKEOVER; !what(); await sleep(20))
    if (Date.now() > end) throw new Error('nobody leads');
}
