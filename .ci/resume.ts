// node .ci/resume.ts COUNT: kills the runner of a sweep of 200 runs with signal 9 at COUNT seeded moments, in memory and
// on processes, with a folder and with MinIO; then nothing may be half there, and `gossip run --resume` must end with
// what an undisturbed sweep leaves. Then two runners play one simulation at the same time.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deriveKey, sequence } from '../src/host/random.ts';
import { openStorage, type Storage } from '../src/storage/index.ts';
import { startMinio } from './minio.ts';
import { differences, objectsOf } from './objects.ts';

const SEED = 5;
const RUNS = 200;
const SWEEP = ['--algorithm', 'weighted_factor', '--favor', 'inside', '--factor', '1.5,3'];
const ARGUMENTS = ['examples/karate.yaml', ...SWEEP, '--repetitions', `${RUNS / 2}`];
const WHERE_PLAYED = {
  memory: [],
  processes: ['--on', 'processes', '--processes', '2', '--nodes-per-host', '17'],
};

const count = Number(process.argv[2]);
if (!Number.isInteger(count) || count < 1) throw new Error('usage: node .ci/resume.ts COUNT');
const random = sequence(deriveKey([SEED]));
const root = mkdtempSync(join(tmpdir(), 'gossip-resume-'));
const minio = await startMinio();
const environment = { ...process.env, ...minio.environment };
let failures = 0;
let places = 0;
try {
  const cases = Object.entries(WHERE_PLAYED).flatMap(([played, flags]) =>
    [newFolder, newBucket].map((newPlace) => ({ played, flags, newPlace })),
  );
  let expected = new Map<string, string>();
  for (const { played, flags, newPlace } of cases) {
    const place = newPlace();
    const { code, stderr } = await play(place, ['--seed', `${SEED}`, ...flags]).ended;
    const objects = await objectsIn(place);
    if (expected.size === 0) expected = objects;
    const wrong = code === 0 ? differences(objects, expected) : [stderr];
    report(`undisturbed, ${played}, ${kindOf(place)}: ${objects.size} objects`, wrong);
  }
  for (let moment = 0; moment < count; moment++) {
    for (const { played, flags, newPlace } of cases) {
      // The machine's speed should not choose the moment; the pause lets it fall anywhere in a write.
      const objects = 1 + Math.floor(random() * (expected.size - 1));
      const pause = random() * 10;
      report(...(await killed(newPlace(), played, flags, objects, pause, expected)));
    }
  }
  for (const { played, flags, newPlace } of cases.slice(1, 3)) {
    const place = newPlace();
    const both = ['--seed', `${SEED}`, ...flags];
    const ends = await Promise.all([play(place, both).ended, play(place, both).ended]);
    const bad = ends.filter(({ code }) => code !== 0).map(({ stderr }) => stderr);
    const wrong = bad.length > 0 ? bad : differences(await objectsIn(place), expected);
    report(`two runners, ${played}, ${kindOf(place)}`, wrong);
  }
} finally {
  await minio.stop();
  rmSync(root, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

function newFolder(): string {
  return join(root, `place-${++places}`);
}

function newBucket(): string {
  return `s3://place-${++places}`;
}

function kindOf(place: string): string {
  return place.startsWith('s3:') ? 'MinIO' : 'folder';
}

/** Plays the sweep; the process and how it ends. */
function play(place: string, flags: readonly string[]) {
  const program = ['bin/gossip.js', 'run', ...ARGUMENTS, '--results', place, ...flags];
  const child: ChildProcess = spawn(process.execPath, program, {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stderr }));
  });
  return { child, ended };
}

/** Kills a sweep when so many objects are there, looks at them, resumes it, and says what was wrong. */
async function killed(
  place: string,
  played: string,
  flags: readonly string[],
  objects: number,
  pause: number,
  expected: ReadonlyMap<string, string>,
): Promise<[string, string[]]> {
  const { child, ended } = play(place, ['--seed', `${SEED}`, ...flags]);
  let over = false;
  ended.finally(() => {
    over = true;
  });
  const storage = await openStorage(place, environment);
  while (!over && (await sizeOf(storage)) < objects) await sleep(1);
  await sleep(pause);
  child.kill('SIGKILL');
  const { code } = await ended;
  // It was faster than the look at what is there.
  if (code !== null && objects > 1)
    return killed(
      kindOf(place) === 'folder' ? newFolder() : newBucket(),
      played,
      flags,
      objects >> 1,
      pause,
      expected,
    );
  const left = await objectsIn(place);
  const runs = [...left.keys()].filter((key) => key.endsWith('_run.json')).length;
  const half = differences(left, expected).filter((key) => left.has(key));
  const wrong = half.map((key) => `${key} is half there`);
  // What is there says the seed.
  const again = await play(place, ['--resume', ...flags]).ended;
  if (again.code !== 0) wrong.push(again.stderr);
  wrong.push(...differences(await objectsIn(place), expected));
  if (kindOf(place) === 'folder') {
    const files = readdirSync(place, { recursive: true, encoding: 'utf8' });
    wrong.push(...files.filter((name) => name.endsWith('.tmp')));
  }
  if (code !== null) wrong.push('it ended before it was killed');
  return [`${played}, ${kindOf(place)}: killed with ${runs} of ${RUNS} runs`, wrong];
}

async function sizeOf(storage: Storage): Promise<number> {
  let count = 0;
  for await (const _ of storage.list('')) count++;
  return count;
}

async function objectsIn(place: string): Promise<Map<string, string>> {
  return objectsOf(await openStorage(place, environment));
}

function report(what: string, wrong: readonly string[]): void {
  console.log(`${wrong.length === 0 ? 'ok   ' : 'FAIL '} ${what}`);
  for (const line of wrong.slice(0, 5)) console.log(`      ${line}`);
  if (wrong.length > 0) failures++;
}
