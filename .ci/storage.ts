// node .ci/storage.ts: a real MinIO server as the place of results. What every storage must do (Node and Deno), whole
// simulations beside the same in a folder, an outage of 10 s, a full disk (which needs root), and what people are told who typed something wrong.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withSeedNodes } from '../src/cli/seed-nodes.fixture.ts';
import { readResources } from '../src/runner/index.ts';
import { openStorage } from '../src/storage/index.ts';
import { startMinio } from './minio.ts';
import { differences, objectsOf } from './objects.ts';

const OUTAGE = 10_000;
const SWEEP = ['run', 'examples/karate.yaml', 'examples/sweep.yaml'];
const CLUB = ['run', 'examples/karate.yaml', '--seed', '3', '--repetitions'];

const folder = mkdtempSync(join(tmpdir(), 'gossip-storage-'));
const minio = await startMinio();
let failures = 0;
try {
  conforms('Node', [process.execPath]);
  if (spawnSync('deno', ['--version']).status === 0) conforms('Deno', ['deno', 'run', '-A']);
  await sameAsFolder('memory', [...SWEEP, '--seed', '1']);
  await sameAsFolder('processes', [...CLUB, '10', '--on', 'processes', '--processes', '2']);
  await sameAsFolder('below a prefix', [...CLUB, '2', '--history', 'changes'], '/deep/in/it');
  await seedRunner();
  await outage();
  await interruptedWhileAway();
  await fullDisk();
  await typedWrong();
} finally {
  await minio.stop();
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

function conforms(name: string, runtime: readonly string[]): void {
  const [command, ...more] = [...runtime, '.ci/minio-conformance.ts'];
  const { status, stdout, stderr } = spawnSync(command, more, {
    env: { ...process.env, ...minio.environment },
    encoding: 'utf8',
  });
  report(`conformance on ${name}`, status === 0 ? [] : [stdout + stderr]);
}

/** Plays the same into a folder and a bucket. */
async function sameAsFolder(name: string, args: readonly string[], prefix = ''): Promise<void> {
  const title = name.replaceAll(' ', '-');
  const places = [join(folder, title), `s3://${title}${prefix}`];
  const ends = await Promise.all(
    places.map((place) => gossip([...args, '--results', place]).ended),
  );
  const wrong = ends.filter(({ code }) => code !== 0).map(({ stderr }) => stderr);
  const [here, there] = await Promise.all(places.map(objectsIn));
  wrong.push(...differences(here, there));
  if (ends[0].stdout !== ends[1].stdout) wrong.push('they print different answers');
  if (here.size === 0) wrong.push('there are no objects');
  report(`the same in a folder and in a bucket: ${name}, ${here.size} objects`, wrong);
}

/** The runner of nodes on the seed's wire uses the published bucket where the environment names MinIO. */
async function seedRunner(): Promise<void> {
  const { graphs } = await readResources(['examples/karate.yaml']);
  const shared = { ALGORITHM: 'default', REPETITIONS: '2', SEED: '7' };
  const said = {
    ...shared,
    SIMULATION: 'sim',
    SIMULATION_ID: '1',
    SERIES_SIMULATION: 'False',
    GRAPH_NAME: 'karate',
    ADJ_LIST: `${graphs[0].adjacencyText},`,
  };
  const wrong: string[] = [];
  const here = join(folder, 'seed');
  for (const more of [[], ['--results', here]]) {
    await withSeedNodes(graphs[0].graph, 'sim-g0', shared, async (NODES) => {
      const { code, stderr } = await gossip(['runner', ...more], { ...said, NODES }).ended;
      if (code !== 0) wrong.push(stderr);
    });
  }
  const there = await objectsIn('s3://simulations');
  wrong.push(...differences(await objectsIn(here), there));
  report(`the runner of the seed's nodes: ${there.size} objects in the bucket simulations`, wrong);
}

/** The server's disk fills up in the middle of a simulation. */
async function fullDisk(): Promise<void> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'gossip-test', disk]);
  try {
    const small = await startMinio(disk);
    const place = 's3://full';
    const args = [...CLUB, '5000', '--results', place];
    const { code, stderr } = await gossip(args, small.environment).ended;
    const wrong = code === 2 && /is full, or the bucket's quota/.test(stderr) ? [] : [stderr];
    const objects = await objectsOf(await openStorage(place, small.environment));
    const rows = [...objects].filter(([key]) => key.endsWith('_run.json'));
    for (const [, row] of rows) JSON.parse(row);
    const [, finished] = /(\d+) of 5000 runs are finished/.exec(stderr) ?? [];
    if (!(rows.length >= Number(finished))) wrong.push(`${rows.length} rows: ${stderr}`);
    await small.stop();
    report(`MinIO's disk is full after ${rows.length} runs`, wrong);
  } finally {
    execFileSync('umount', ['--lazy', disk]);
  }
}

/** The server is away for a while in the middle of a simulation. */
async function outage(): Promise<void> {
  const args = [...CLUB, '2000', '--history', 'none', '--results'];
  const there = gossip([...args, 's3://outage']);
  await objects('s3://outage', 100);
  await minio.halt();
  const begun = there.child.exitCode === null;
  await sleep(OUTAGE);
  await minio.start();
  const { code, stderr } = await there.ended;
  const here = join(folder, 'outage');
  const calm = await gossip([...args, here]).ended;
  const wrong = differences(await objectsIn(here), await objectsIn('s3://outage'));
  if (code !== 0 || calm.code !== 0) wrong.push(`exit codes ${code} and ${calm.code}: ${stderr}`);
  if (!begun) wrong.push('it had ended before the outage');
  const notices = stderr.match(/is not available/g)?.length;
  if (notices !== 1) wrong.push(`${notices} notices: ${stderr}`);
  report('MinIO away for 10 s in the middle of 2,000 runs', wrong);
}

/** Ctrl-C does not wait for a server that is away, and what was finished stays. */
async function interruptedWhileAway(): Promise<void> {
  const args = [...CLUB, '2000', '--history', 'none', '--results', 's3://interrupted'];
  const { child, ended, said } = gossip(args);
  await objects('s3://interrupted', 100);
  await minio.halt();
  await said(/is not available/);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  await minio.start();
  const again = await gossip([...args, '--resume']).ended;
  const wrong: string[] = [];
  const [, finished] = /interrupted; (\d+) of 2000 runs are finished and kept/.exec(stderr) ?? [];
  if (code !== 130 || !(Number(finished) > 0)) wrong.push(`${code}: ${stderr}`);
  const [, found] = /(\d+) of 2000 runs were there already/.exec(again.stderr) ?? [];
  if (again.code !== 0 || !(Number(found) >= Number(finished))) wrong.push(again.stderr);
  report('interrupted while MinIO is away, then resumed', wrong);
}

async function typedWrong(): Promise<void> {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['a wrong password', { MINIO_PASSWORD: 'not-the-password' }, /refuses MINIO_PASSWORD/],
    ['an unknown user', { MINIO_USER: 'nobody' }, /knows no such MINIO_USER/],
    ['a refused port', { MINIO_ENDPOINT: '127.0.0.1:1' }, /does not answer \(ECONNREFUSED\)/],
    ['TLS where there is none', { MINIO_USE_SSL: 'true' }, /does not speak TLS/],
    ['no password', { MINIO_PASSWORD: '' }, /MINIO_PASSWORD is empty/],
  ];
  for (const [what, environment, said] of cases) {
    const { code, stdout, stderr } = await gossip(
      [...CLUB, '1', '--results', 's3://wrong'],
      environment,
    ).ended;
    const right = code === 2 && stdout === '' && said.test(stderr) && !stderr.includes('    at ');
    report(`${what} is told`, right ? [] : [`exit code ${code}: ${stdout}${stderr}`]);
  }
}

/** Starts a command; `said` waits for something on standard error. */
function gossip(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['bin/gossip.js', ...args], {
    env: { ...process.env, ...minio.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>(
    (resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    },
  );
  const said = async (pattern: RegExp) => {
    while (child.exitCode === null && !pattern.test(stderr)) await sleep(20);
  };
  return { child, ended, said };
}

async function objectsIn(place: string): Promise<Map<string, string>> {
  return objectsOf(await openStorage(place, minio.environment));
}

/** Waits until there are so many. */
async function objects(place: string, least: number): Promise<void> {
  const storage = await openStorage(place, minio.environment);
  for (let count = 0; count < least; await sleep(20)) {
    count = 0;
    for await (const _ of storage.list('')) count++;
  }
}

function report(what: string, wrong: readonly string[]): void {
  console.log(`${wrong.length === 0 ? 'ok   ' : 'FAIL '} ${what}`);
  for (const line of wrong.slice(0, 5)) console.log(`      ${line}`);
  if (wrong.length > 0) failures++;
}
