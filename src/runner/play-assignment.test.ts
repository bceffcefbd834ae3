import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { inFolder } from '../cli/command.fixture.ts';
import { GossipError } from '../errors.ts';
import { createDirectoryStorage, type Storage } from '../storage/index.ts';
import { accepted, comparable, GRAPHS, playedAtOnce, surroundings } from './assignment.fixture.ts';
import { playAssignment, type Surroundings } from './play-assignment.ts';
import { createProgressKeeper } from './runner-progress.ts';

/** Plays a worker's share into a folder. */
async function work(folder: string, workers: number, worker: number, more?: Partial<Surroundings>) {
  const play = { on: 'memory', workers } as const;
  const assignment = { ...(await accepted()), play };
  return playAssignment(assignment, surroundings(folder, { worker, ...more }));
}

/** Compares files; on a difference, only the paths are shown. */
function assertSame(files: Record<string, string>, expected: Record<string, string>): void {
  assert.equal(Object.keys(files), Object.keys(expected));
  assert.equal(
    Object.keys(expected).filter((path) => files[path] !== expected[path]),
    [],
  );
}

const EXPECTED = await playedAtOnce();
const RUNS = 20;

test('what is compared is all of a simulation', () => {
  const paths = Object.keys(EXPECTED).join('\n');
  assert.is(paths.match(/_run\.json$/gm)?.length, RUNS);
  assert.is(paths.match(/_averaged_result\.json$/gm)?.length, 4);
  for (const one of [/^sim-[0-9a-f]{8}\/manifest\.json$/m, /^sim-[0-9a-f]{8}\/runs\.csv$/m]) {
    assert.match(paths, one);
  }
});

for (const workers of [1, 3, 4, 30]) {
  test(`${workers} workers, one after the other, leave what gossip run does`, () =>
    inFolder({}, async (folder) => {
      const played = [];
      for (let worker = 0; worker < workers; worker++) {
        played.push(await work(folder, workers, worker));
      }
      assertSame(comparable(folder), EXPECTED);
      assert.is(
        played.reduce((sum, { runs }) => sum + runs, 0),
        RUNS,
      );
      assert.equal(
        [...new Set(played.map((one) => one.folder))],
        [Object.keys(EXPECTED)[0].split('/')[0]],
      );
    }));

  test(`${workers} workers at once leave what gossip run does`, () =>
    inFolder({}, async (folder) => {
      await Promise.all(
        Array.from({ length: workers }, (_, worker) => work(folder, workers, worker)),
      );
      assertSame(comparable(folder), EXPECTED);
    }));
}

test('workers in any order leave what gossip run does, the last one runs.csv', () =>
  inFolder({}, async (folder) => {
    for (const worker of [3, 0, 2]) await work(folder, 4, worker);
    assert.not(Object.keys(comparable(folder)).some((path) => path.endsWith('runs.csv')));
    await work(folder, 4, 1);
    assertSame(comparable(folder), EXPECTED);
  }));

/** A storage whose process is gone after so many writes. */
function killedAfter(writes: number, storage: Storage): Storage {
  let left = writes;
  return {
    ...storage,
    async put(...args) {
      if (left-- <= 0) throw new GossipError('failed', 'killed');
      return storage.put(...args);
    },
  };
}

for (const writes of [0, 1, 2, 3, 8, 18, 20, 22, 23, 24]) {
  test(`a worker that is killed after ${writes} writes and begins again: what gossip run leaves`, () =>
    inFolder({}, async (folder) => {
      const storage = killedAfter(writes, createDirectoryStorage(folder));
      const others = [0, 1].map((worker) => work(folder, 3, worker));
      const killed = work(folder, 3, 2, { storage }).then(
        () => 'finished',
        (error) => error.message,
      );
      await Promise.all(others);
      // Seven runs of three objects, and at most a manifest, what nodes are called, an average and runs.csv.
      if (writes < 21) assert.is(await killed, 'killed');
      await killed;
      const progress = createProgressKeeper();
      await work(folder, 3, 2, { progress });
      assertSame(comparable(folder), EXPECTED);
      const { phase, runs, runsDone } = progress.now();
      assert.equal([phase, runs, runsDone], ['playing', 7, 7]);
    }));
}

test('a worker that is told to leave keeps what is finished', () =>
  inFolder({}, async (folder) => {
    const leaving = new AbortController();
    const progress = createProgressKeeper();
    const update = (changes: Parameters<typeof progress.update>[0]) => {
      progress.update(changes);
      if (changes.runsDone === 2) leaving.abort('SIGTERM');
    };
    const left = { signal: leaving.signal, progress: { ...progress, update } };
    const reason = await work(folder, 1, 0, left).catch((error) => error);
    assert.is(reason, 'SIGTERM');
    const finished = Object.keys(comparable(folder)).filter((path) => path.endsWith('_run.json'));
    assert.ok(finished.length >= 2 && finished.length < RUNS, String(finished.length));
    await work(folder, 1, 0);
    assertSame(comparable(folder), EXPECTED);
  }));

const refused = async (folder: string, more: Partial<Surroundings>, graph?: object) => {
  const assignment = { ...(await accepted()), play: { on: 'memory', workers: 2 } as const };
  const graphs = assignment.graphs.map((one) => ({ ...one, ...graph }));
  const error = await playAssignment({ ...assignment, graphs }, surroundings(folder, more)).catch(
    (error) => error,
  );
  assert.instance(error, GossipError);
  assert.is(error.code, 'input');
  assert.equal(comparable(folder), {});
  return error.message;
};

test('a graph that was edited, and a worker that is none, are refused before anything is written', () =>
  inFolder({}, async (folder) => {
    const edited = async (_: string, name: string) => {
      const graph = parse(GRAPHS[name]);
      if (name === 'ring') graph.spec.graphType = 'circle';
      return graph;
    };
    assert.match(
      await refused(folder, { readGraph: edited }),
      /^Graph lab\/ring was edited since the Simulation was accepted/,
    );
    const broken = async () => ({ ...parse(GRAPHS.ring), spec: {} });
    assert.match(await refused(folder, { readGraph: broken }), /^Graph lab\/ring: spec/);
    assert.match(await refused(folder, { worker: 2 }), /no worker 2: there are 2/);
  }));

test('a graph that is an object is read from the storage of the results', () =>
  inFolder({}, async (folder) => {
    const edges = 'graphs/the-ring.txt';
    const storage = createDirectoryStorage(folder);
    await storage.put(edges, '0 1\n1 2\n2 3\n3 0\n');
    const objectOf =
      (nodes: number, object = edges) =>
      async (_: string, name: string) => ({
        ...parse(GRAPHS[name]),
        spec: { source: { object, nodes }, graphType: 'cycle' },
      });
    const assignment = {
      ...(await accepted()),
      graphs: [{ name: 'ring', sha256: null }],
      play: { on: 'memory', workers: 1 } as const,
    };
    const play = (readGraph: Surroundings['readGraph']) =>
      playAssignment(assignment, surroundings(folder, { readGraph }));
    const said = async (readGraph: Surroundings['readGraph']) =>
      (await play(readGraph).catch((error) => error)).message;
    assert.match(
      await said(objectOf(5)),
      /^Graph lab\/ring: spec\.source\.nodes is 5, .* 4 nodes$/,
    );
    assert.match(
      await said(objectOf(4, 'graphs/none.txt')),
      /^Graph lab\/ring: spec\.source\.object: there is no .*\/graphs\/none\.txt$/,
    );
    await storage.put('graphs/bad.txt', '0 1\n1\n');
    assert.match(
      await said(objectOf(4, 'graphs/bad.txt')),
      new RegExp(`^Graph lab/ring: ${folder}/graphs/bad.txt, line 2`),
    );
    const { folder: results, runs } = await play(objectOf(4));
    assert.is(runs, 10);
    const { [`${results}/manifest.json`]: manifest } = comparable(folder);
    const [graph] = JSON.parse(manifest).graphs;
    assert.equal([graph.name, graph.nodes, graph.edges], ['ring', 4, 4]);
  }));

test.run();
