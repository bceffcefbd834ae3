// node .ci/kubernetes/run-on.ts: `gossip run --on kubernetes` on the cluster that KUBECONFIG names, where deploy/try is
// installed. What it prints and fetches must be what `gossip run` in memory prints and leaves with the same seed.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../src/storage/index.ts';
import { differences, objectsOf } from '../objects.ts';
import { kubectl, leftOf, NAMESPACE, read, simulation, until } from './cluster.ts';
import { check, exitCode } from './report.ts';

const KARATE = 'examples/karate.yaml';
const ON = ['--on', 'kubernetes', '--namespace', NAMESPACE];
const folder = mkdtempSync(join(tmpdir(), 'gossip-run-on-'));

/** What a command left: its exit code and what it printed. */
interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const triads = file('triads.txt', 'ada bob\nbob cleo\ncleo ada\ncleo dan\ndan eve\neve cleo\n');
const wheel = file('a-wheel.edges', '7 1\n7 2\n7 3\n7 9\n1 2\n2 3\n3 9\n9 1\n');
const ring = Array.from({ length: 1000 }, (_, node) => `${node} ${(node + 1) % 1000}`);
const large = Array.from({ length: 200_000 }, (_, node) => `${node} ${node + 1}`);

try {
  await check('one graph, 7 hosts, a drawn seed', () =>
    sameAsInMemory('one', [KARATE, '--repetitions', '10'], ['--nodes-per-host', '5']),
  );
  await check('three graphs of other formats, two algorithms, three workers', () =>
    sameAsInMemory(
      'several',
      [triads, KARATE, wheel, '--algorithm', 'default,weighted_factor_complex_memory'].concat([
        '--favor',
        'outside',
        '--factor',
        '1.5,3',
        '--repetitions',
        '7',
      ]),
      ['--deployment', 'memory', '--parallelism', '3'],
    ),
  );
  await check("a user's strategy", () =>
    sameAsInMemory(
      'own',
      [KARATE, '--strategies', 'examples/strategies', '--algorithm', 'default,low_degree_memory'],
      ['--nodes-per-host', '34'],
    ),
  );
  await check('a Simulation of a file', () =>
    sameAsInMemory('villages', ['examples/kubernetes/villages.yaml'], ['--nodes-per-host', '10']),
  );
  await check('Ctrl-C without a terminal leaves it running, the same command follows it', leaves);
  await check('what is wrong is said, and nothing is made', saysWhatIsWrong);
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = exitCode();

/** Plays the same in the cluster and in memory; at the end nothing is left in the cluster. */
async function sameAsInMemory(
  name: string,
  args: readonly string[],
  how: readonly string[],
): Promise<string[]> {
  // A file's Simulation has a name and a seed of its own.
  const named = args[0].endsWith('villages.yaml') ? [] : ['--name', name];
  const [there, again, here] = ['there', 'again', 'here'].map((place) => join(folder, name, place));
  const command = [...args, ...named, ...ON, ...how];
  const first = await gossip([...command, '--results', there]).ended;
  if (first.code !== 0) return [`exit code ${first.code}`, ...first.stderr.split('\n')];
  const wrong: string[] = [];
  const seed = /^Seed (\d+);/m.exec(first.stdout)?.[1];
  if (seed === undefined) return [`no single seed in ${first.stdout}`];
  const local = await gossip([...args, ...named, '--seed', seed, '--results', here]).ended;
  if (local.stdout !== first.stdout) wrong.push('memory prints another answer', local.stdout);
  const [fetched, played] = await Promise.all([there, here].map(objectsIn));
  wrong.push(...differences(fetched, played).map((key) => `differs: ${key}`));
  if (played.size === 0) wrong.push('there are no objects');
  const second = await gossip([...command, '--results', again]).ended;
  if (second.code !== 0 || second.stdout !== first.stdout)
    wrong.push('the same command again gives another answer', second.stderr);
  wrong.push(...fetchPods());
  const names = simulationsOf(first.stderr);
  return [...wrong, ...(await removed(names))];
}

async function leaves(): Promise<string[]> {
  const path = file('slow.txt', ring.join('\n'));
  const args = [path, ...ON, '--start', 'source', '--repetitions', '20', '--seed', '5'];
  const command = [...args, '--nodes-per-host', '250'];
  const results = ['--results', join(folder, 'slow')];
  const { child, ended } = gossip([...command, ...results]);
  await until('it has begun', 60, () => hasBegun('slow-default'));
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  const wrong = code === 130 ? [] : [`exit code ${code}: ${stderr}`];
  if (!/slow-default goes on in the namespace/.test(stderr)) wrong.push(stderr);
  const after = await gossip([...command, ...results]).ended;
  if (after.code !== 0) wrong.push(after.stderr);
  if (!/slow-default is there already, and is followed/.test(after.stderr))
    wrong.push(after.stderr);
  return [...wrong, ...fetchPods(), ...(await removed(['slow-default']))];
}

async function saysWhatIsWrong(): Promise<string[]> {
  const other = join(folder, 'triads.yaml');
  const cases: readonly [args: readonly string[], words: RegExp][] = [
    [[KARATE, '--algorithm', 'defualt'], /did you mean default/],
    [[KARATE, '--namespace', 'gossip-nowhere'], /no such namespace/],
    [[file('large.txt', large.join('\n'))], /larger than a resource.*spec\.source/],
    [[KARATE, '--deployment', 'memory', '--nodes-per-host', '2'], /nodesPerHost/],
    [[KARATE, '--jobs', '2'], /--jobs does not go with --on kubernetes/],
    [[other], /triads\.yaml/],
  ];
  const names = () => kubectl(['-n', NAMESPACE, 'get', 'simulations,graphs', '-o', 'name']);
  const before = names();
  const wrong: string[] = [];
  for (const [args, words] of cases) {
    const { code, stderr } = await gossip([...ON, ...args, '--results', folder]).ended;
    if (code !== 2 || !words.test(stderr)) wrong.push(`${args.join(' ')}: ${code}: ${stderr}`);
  }
  if (names() !== before) wrong.push('something was made');
  return wrong;
}

function gossip(args: readonly string[]): { child: ChildProcess; ended: Promise<Said> } {
  const child = spawn(process.execPath, ['bin/gossip.js', 'run', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Said>((resolve, reject) => {
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream]?.setEncoding('utf8').on('data', (text) => {
        said[stream] += text;
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

/** Without times, the places that graphs were read from, and by which labels they were selected. */
async function objectsIn(place: string): Promise<Map<string, string>> {
  const storage = await openStorage(place, {});
  const objects = new Map<string, string>();
  // Each simulation has a time of its own.
  for await (const simulation of storage.folders('')) {
    for (const [key, text] of await objectsOf(storage, `${simulation}/`)) objects.set(key, text);
  }
  for (const [key, text] of objects) {
    if (!key.endsWith('/manifest.json')) continue;
    const manifest = JSON.parse(text);
    for (const graph of manifest.graphs) graph.file = '';
    if (manifest.strategy !== null) manifest.strategy.file = '';
    manifest.spec.graphSelector = {};
    objects.set(key, JSON.stringify(manifest));
  }
  return objects;
}

/** The Simulations whose results a command says that it has fetched. */
function simulationsOf(stderr: string): string[] {
  const [, places = ''] = /^Results: (.*)$/m.exec(stderr) ?? [];
  return places.split(', ').map((place) => place.replace(/^.*\/(.*)-[0-9a-f]{8}$/, '$1'));
}

/** The graphs that a Simulation was played on. */
function graphsOf(name: string): string[] {
  type Accepted = { status: { accepted: { name: string }[] } };
  return read<Accepted>('get', 'simulation', name).status.accepted.map(({ name }) => name);
}

function hasBegun(name: string): boolean {
  try {
    return simulation(name).status?.state !== undefined;
  } catch {
    return false;
  }
}

/** Pods that fetched results and are still there. */
function fetchPods(): string[] {
  const labels = 'app.kubernetes.io/name=gossip,app.kubernetes.io/component=fetch';
  const pods = kubectl(['-n', NAMESPACE, 'get', 'pods', '-l', labels, '-o', 'name']);
  return pods.split('\n').filter((pod) => pod !== '');
}

/** Deletes Simulations and their graphs; gives what is left of them. */
async function removed(names: readonly string[]): Promise<string[]> {
  const graphs = new Set(names.flatMap(graphsOf));
  kubectl(['-n', NAMESPACE, 'delete', 'simulation', ...names]);
  kubectl(['-n', NAMESPACE, 'delete', 'graph', ...graphs]);
  const ofOne = (name: string) => [
    ...leftOf(name),
    ...read<{ items: { metadata: { name: string } }[] }>('get', 'configmaps')
      .items.map(({ metadata }) => metadata.name)
      .filter((configMap) => configMap.startsWith(`${name}-strategies-`)),
  ];
  try {
    await until('nothing is left', 120, () => names.flatMap(ofOne).length === 0);
    return [];
  } catch {
    return names.flatMap(ofOne).map((what) => `left: ${what}`);
  }
}
