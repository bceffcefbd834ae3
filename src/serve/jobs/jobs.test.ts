import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { filesBelow, gossip } from '../../cli/command.fixture.ts';
import { type Job, JobState, type Run } from '../../gen/gossip/v1/simulation_pb.ts';
import { createHistoryDecoder } from '../../replay/index.ts';
import { parseRunsCsv } from '../../storage/index.ts';
import {
  ended,
  endless,
  file,
  PARTS,
  refused,
  type Started,
  simulationYaml,
  withJobs,
} from './jobs.fixture.ts';

const RING = file(
  'ring.txt',
  Array.from({ length: 60 }, (_, i) => `${i} ${(i + 1) % 60}\n`).join(''),
);

async function start({ client }: Started, ...files: ReturnType<typeof file>[]): Promise<Job[]> {
  return (await client.startSimulations({ files })).jobs;
}

/** Resolves when a job is in this state. */
async function inState({ client }: Started, id: string, state: JobState): Promise<Job[]> {
  for await (const { jobs } of client.watchServer({})) {
    if (jobs.some((job) => job.id === id && job.state === state)) return jobs;
  }
  return assert.unreachable('the stream has ended') as never;
}

test('a simulation leaves what gossip run leaves', () =>
  withJobs({}, async (started) => {
    const yaml = simulationYaml('both', 'ring', 'repetitions: 4', 'factor: [1, 2]', 'seed: 5');
    const files = {
      'ring.txt': RING,
      'both.yaml': file('both.yaml', `${yaml}  algorithm: weighted_factor\n`),
    };
    const [job] = await start(started, ...Object.values(files));
    assert.equal([job.state, job.runs, job.finished, job.before], [JobState.MEASURING, 8, 0, 0]);
    const last = await ended(started, job.id);
    assert.equal([last.state, last.finished, last.problem], [JobState.FINISHED, 8, '']);
    const folder = join(started.results, '..', 'again');
    const paths = Object.entries(files).map(([name, { content }]) => {
      const path = join(started.results, '..', name);
      writeFileSync(path, content);
      return path;
    });
    const { code, stderr } = await gossip('run', ...paths, '--results', folder);
    assert.is(code, 0, stderr);
    const without = (files: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [
          path,
          text
            .replaceAll(/\d{4}(-\d\d){5}/g, 'then')
            .replaceAll(join(started.results, '..', 'ring.txt'), 'ring.txt'),
        ]),
      );
    assert.equal(without(filesBelow(started.results)), without(filesBelow(folder)));
    assert.ok(existsSync(join(started.results, job.folder, 'runs.csv')));
  }));

test('who follows is told each run once, and rounds that can be read, until it is over', () =>
  withJobs({}, async (started) => {
    const yaml = simulationYaml('long', 'ring', 'repetitions: 300', 'seed: 2', 'schedule: random');
    const [job] = await start(started, RING, file('long.yaml', yaml));
    const follow = async () => {
      const decoder = createHistoryDecoder();
      const runs: Run[] = [];
      const shown: string[] = [];
      for await (const { runs: over, part } of started.client.followSimulation({ id: job.id })) {
        runs.push(...over);
        if (part === undefined) continue;
        decoder.add(part);
        const { place, nodes } = decoder.beginning!;
        assert.equal([nodes, place!.folder, place!.graph], [60, job.folder, 'ring']);
        const { round, holding } = decoder.rounds.at(-1)!;
        shown.push(`${place!.run} ${round} ${holding === nodes}`);
      }
      return { runs, shown };
    };
    const [first, second] = await Promise.all([follow(), follow()]);
    const csv = readFileSync(join(started.results, job.folder, 'runs.csv'));
    const rows = [...parseRunsCsv(csv, 'runs.csv')];
    for (const { runs, shown } of [first, second]) {
      const told = runs.map(({ run, rounds, maxLoad }) => [run, rounds, maxLoad]);
      const key = ([run]: (number | undefined)[]) => run!;
      assert.equal(
        told.toSorted((a, b) => key(a) - key(b)),
        rows.map((row) => [row.run, row.num_rounds, row.max_load]),
      );
      // The last round that is shown of a run is one that it had, and holds what it is to hold if it was the last.
      for (const line of shown) {
        const [run, round, isFinal] = line.split(' ');
        const { num_rounds } = rows[Number(run) - 1];
        assert.ok(Number(round) <= num_rounds!, line);
        assert.is(isFinal === 'true', Number(round) === num_rounds, line);
      }
    }
    assert.ok(first.shown.length + second.shown.length > 0, 'no round was shown');
    // Who comes when all is over is told how it ended.
    const late = await ended(started, job.id);
    assert.equal([late.state, late.finished], [JobState.FINISHED, 300]);
  }));

test('one is played at a time, the others wait in their order, and can be canceled', () =>
  withJobs({}, async (started) => {
    const jobs = await start(started, PARTS, endless('a'), endless('b'), endless('c'));
    assert.equal(
      jobs.map(({ name, state, before }) => [name, state, before]),
      [
        ['a', JobState.MEASURING, 0],
        ['b', JobState.WAITING, 1],
        ['c', JobState.WAITING, 2],
      ],
    );
    const [a, b, c] = jobs.map(({ id }) => id);
    await inState(started, a, JobState.PLAYING);
    await started.client.cancelSimulation({ id: b });
    const after = await inState(started, b, JobState.CANCELED);
    assert.equal(
      after.map(({ id, before }) => [id, before]),
      [
        [a, 0],
        [c, 1],
        [b, 0],
      ],
    );
    const following = ended(started, a);
    await started.client.cancelSimulation({ id: a });
    assert.is((await following).state, JobState.CANCELED);
    await inState(started, c, JobState.PLAYING);
    await started.client.cancelSimulation({ id: c });
    await started.client.cancelSimulation({ id: c });
    const names = started.jobs.list().map(({ name }) => name);
    assert.equal(names, ['a', 'b', 'c']);
    assert.is((await refused(started.client.cancelSimulation({ id: 'x' }))).code, Code.NotFound);
    const nobody = started.client.followSimulation({ id: 'x' })[Symbol.asyncIterator]();
    assert.is((await refused(nobody.next())).code, Code.NotFound);
  }));

test('what is finished stays, is not played again, and the same is not started twice at a time', () =>
  withJobs({ limits: { nodes: 0, runs: 0, atOnce: 2, waiting: 0 } }, async (started) => {
    const sim = file('a.yaml', simulationYaml('a', 'ring', 'repetitions: 3', 'seed: 1'));
    const [first] = await start(started, RING, sim);
    const [same] = await start(started, RING, sim);
    assert.is(same.id, first.id);
    await ended(started, first.id);
    const runs = join(started.results, first.folder, 'runs.csv');
    const before = readFileSync(runs, 'utf8');
    const [again] = await start(started, RING, sim);
    assert.is.not(again.id, first.id);
    const last = await ended(started, again.id);
    assert.equal([last.state, last.finished, last.folder], [JobState.FINISHED, 3, first.folder]);
    assert.is(readFileSync(runs, 'utf8'), before);
    assert.ok([...started.jobs.graphs.values()].some(({ name }) => name === 'ring'));
  }));

test('one that fails says why', () =>
  withJobs({}, async (started) => {
    const sim = file('a.yaml', simulationYaml('a', 'ring', 'seed: 1'));
    writeFileSync(started.results, 'a file where a folder should be');
    const [job] = await start(started, RING, sim);
    const { state, problem } = await ended(started, job.id);
    assert.is(state, JobState.FAILED);
    assert.match(problem, /results/);
    assert.not.match(problem, / {4}at /);
    assert.is(started.notices.length, 1);
    rmSync(started.results);
  }));

test('jobs that stop end what is played, what waits, and all streams', async () => {
  let watched: Promise<void> = Promise.resolve();
  let followed: Promise<Job> | undefined;
  await withJobs({}, async (started) => {
    const [a] = await start(started, PARTS, endless('a'), endless('b'));
    followed = ended(started, a.id);
    watched = (async () => {
      for await (const _ of started.client.watchServer({}));
    })();
    await inState(started, a.id, JobState.PLAYING);
    await started.jobs.stop();
    assert.ok(started.jobs.list().every(({ state }) => state === JobState.CANCELED));
    const { code } = await refused(start(started, PARTS, endless('c')));
    assert.is(code, Code.Unavailable);
    assert.equal(readdirSync(started.results).length, 1);
  });
  await watched;
  assert.is((await followed!).state, JobState.CANCELED);
});

test('those that are over are seen for a while', () =>
  withJobs({ limits: { nodes: 0, runs: 0, atOnce: 1, waiting: 0 } }, async (started) => {
    const names = Array.from({ length: 24 }, (_, i) => `n${i}`);
    const jobs = await start(started, PARTS, ...names.map(endless));
    for (const { id } of jobs.slice(1)) await started.client.cancelSimulation({ id });
    const seen = started.jobs.list().map(({ name }) => name);
    assert.equal(seen, ['n0', ...names.slice(-20)]);
    assert.is(started.jobs.graphs.size, 1);
  }));

test.run();
