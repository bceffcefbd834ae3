import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Code, ConnectError } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { createDirectoryStorage, type RunRow } from '../storage/index.ts';
import { timedTest } from '../transport/within.fixture.ts';
import { readSeedEnvironment } from './seed-environment.ts';
import { type Ring, withRing } from './seed-nodes.fixture.ts';
import { playSeedNodes, type SeedRunOptions } from './seed-run.ts';

const forever = new Promise<void>(() => {});
const ENVIRONMENT = {
  SIMULATION: 'ring',
  SIMULATION_ID: 'a1',
  SERIES_SIMULATION: 'False',
  GRAPH_NAME: 'ring-n4',
  ALGORITHM: 'default',
  REPETITIONS: '1',
  ADJ_LIST: '0 1 3,1 2,2 3,3,',
};

interface Played {
  readonly rows: readonly RunRow[];
  readonly error: unknown;
  readonly notices: readonly string[];
  /** The text of each by its name. */
  readonly texts: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

/** Plays in a folder of its own; a failure is given, not thrown. */
async function played(
  variables: Readonly<Record<string, string>>,
  options: Partial<SeedRunOptions> = {},
): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'gossip-'));
  const notices: string[] = [];
  let rows: RunRow[] = [];
  let error: unknown = null;
  try {
    const environment = readSeedEnvironment({ ...ENVIRONMENT, ...variables });
    const play = playSeedNodes(environment, {
      storage: createDirectoryStorage(folder),
      port: 1,
      maxRounds: null,
      timestamp: '2026-01-02-03-04-05',
      signal: new AbortController().signal,
      notice: (text) => notices.push(text),
      onRun() {},
      ...options,
    });
    rows = await play;
  } catch (reason) {
    error = reason;
  }
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.includes('.'));
  const read = files.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]);
  const texts = Object.fromEntries(await Promise.all(read));
  await rm(folder, { recursive: true });
  return { rows, error, notices, files, texts };
}

const onRing = (what: string, start: readonly number[], body: (ring: Ring) => Promise<void>) =>
  timedTest(what, () => withRing(start, body));

onRing('all calls, in the order of the original runner', [5, 1, 7, 3], async (ring) => {
  const order = [2, 0, 3, 1];
  let asked: (() => void)[] = [];
  let inHand = 0;
  ring.before = async (call) => {
    if (call.startsWith('gossip')) {
      assert.is(++inHand, 1, 'Gossip one after the other');
      await sleep(1);
      inHand--;
    } else {
      // Answered once all are asked: they are asked in parallel.
      await new Promise<void>((resolve) => {
        asked.push(resolve);
        if (asked.length < order.length) return;
        for (const answer of asked) answer();
        asked = [];
      });
    }
  };
  const { rows, error, notices } = await played({
    NODES: order.map((number) => ring.names[number]).join(','),
    REPETITIONS: '2',
    FACTOR: '1.5,3',
  });
  assert.is(error, null, String(error));
  assert.equal(notices, []);
  // 2 takes 3 from 3, 0 takes 1, 3 takes 1 from 0, 1 gives 2 its 1.
  assert.equal(
    rows.map(({ num_rounds, converged, value, exchanges, useful }) => [
      ...[num_rounds, converged, value, exchanges, useful],
    ]),
    Array(4).fill([1, true, 1, 4, 4]),
  );
  assert.equal(
    rows.map(({ execution, run, factor, seed, max_load }) => [
      execution,
      run,
      factor,
      seed,
      max_load,
    ]),
    [
      [1, 1, 1.5, null, 2],
      [1, 2, 1.5, null, 2],
      [2, 1, 3, null, 2],
      [2, 2, 3, null, 2],
    ],
  );
  const all = (call: string) => [0, 1, 2, 3].map((number) => `${call} ${number}`);
  const run = [
    ...all('currentValue'),
    ...order.map((number) => `gossip ${number}`),
    ...all('currentValue'),
    ...all('history'),
  ];
  const expected = [
    ...[...run, ...all('reset')],
    ...[...run, ...all('reset')],
    ...[...run, ...all('reset')],
    ...[...run, ...all('stopApplication')],
  ];
  // What is asked in parallel arrives in any order.
  const calls = ring.calls;
  for (let i = 0; i < calls.length; i += 4) {
    if (!calls[i].startsWith('gossip')) calls.splice(i, 4, ...calls.slice(i, i + 4).sort());
  }
  assert.equal(calls, expected);
});

onRing('equal values at the start are played for a round', [2, 2, 2, 2], async (ring) => {
  const { rows } = await played({ NODES: ring.names.join(',') });
  assert.equal([rows[0].num_rounds, rows[0].useful, rows[0].t50], [1, 0, 0]);
});

const CALLS = ['currentValue', 'gossip', 'history', 'reset'];
for (const call of CALLS) {
  onRing(`a node that fails at ${call} ends the run`, [3, 2, 1, 0], async (ring) => {
    let before = 0;
    ring.before = (said) => {
      // currentValue and gossip: of the second round.
      const passes = call === 'currentValue' ? 2 : call === 'gossip' ? 1 : 0;
      if (said === `${call} 2` && before++ === passes) {
        throw new ConnectError('out of order', Code.Unavailable);
      }
    };
    const NODES = ring.names.join(',');
    const { error, files } = await played({ NODES, REPETITIONS: '2' });
    assert.instance(error, GossipError);
    assert.is((error as GossipError).code, 'failed');
    assert.match(
      (error as GossipError).message,
      new RegExp(
        `^round \\d+: node 2 \\(ring-g0-n2 at 127.0.0.1:\\d+\\) did not answer ${call}: out of order$`,
        'i',
      ),
    );
    if (call === 'gossip') assert.match((error as GossipError).message, /^round 2:/);
    const finished = files.filter((file) => file.endsWith('_run.json')).length;
    assert.is(finished, call === 'reset' ? 1 : 0, files.join('\n'));
    assert.not.ok(files.some((file) => file.endsWith('runs.csv')));
    assert.not.ok(ring.calls.some((said) => said.startsWith('stop')));
  });
}

onRing('VISUALIZE: each round as GEXF, whatever the order of play', [5, 1, 7, 3], async (ring) => {
  const { error, notices, texts, rows } = await played({
    NODES: [2, 0, 3, 1].map((number) => ring.names[number]).join(','),
    NODE_COMMUNITIES: '{"3": 9, "0": 8, "1": 7, "2": 6}',
    VISUALIZE: 'True',
  });
  assert.is(error, null, String(error));
  assert.equal(notices, []);
  assert.is(rows[0].num_rounds, 1);
  const pictures = Object.keys(texts).filter((name) => /gexf|gif|png/.test(name));
  assert.equal(pictures.sort(), [
    'ring-a1/_gossip/ring-n4/ring_rounds.gif',
    'ring-a1/_gossip/ring-n4/ring_rounds.png',
    'ring-a1/ring-n4/rounds/ring-n4-round-0.gexf',
    'ring-a1/ring-n4/rounds/ring-n4-round-1.gexf',
  ]);
  const start = texts['ring-a1/ring-n4/rounds/ring-n4-round-0.gexf'];
  const nodes = start.matchAll(/<node id="(\d)".*?for="0" value="(\d)".*?for="1" value="(\d)"/gs);
  assert.equal(
    Array.from(nodes, ([, ...fields]) => fields.join(' ')),
    ['0 8 5', '1 7 1', '3 9 3', '2 6 7'],
  );
  assert.match(start, 'lastmodifieddate="2026-01-02"');
});

onRing('a node that hangs ends the run at the deadline', [4, 5, 6, 7], async (ring) => {
  ring.before = (call) => (call === 'gossip 1' ? forever : undefined);
  const { error } = await played({ NODES: ring.names.join(',') }, { callDeadline: 300 });
  assert.match(String(error), /round 1: node 1 .* did not answer Gossip: .*deadline/i);
});

onRing('a signal ends the run, with a call in hand', [4, 5, 6, 7], async (ring) => {
  const controller = new AbortController();
  ring.before = async (call) => {
    if (call !== 'gossip 1') return;
    setTimeout(() => controller.abort('SIGINT'), 10);
    await forever;
  };
  const { error } = await played({ NODES: ring.names.join(',') }, { signal: controller.signal });
  assert.ok(error !== null);
  assert.not.ok(ring.calls.includes('gossip 2'));
});

onRing('nodes that have played before are refused', [0, 1, 2, 3], async (ring) => {
  const NODES = ring.names.join(',');
  assert.is((await played({ NODES })).error, null);
  const { error, files } = await played({ NODES });
  assert.match(String(error), /took part 16 times in an exchange, not 8 times.*start them anew/);
  assert.not.ok(files.some((file) => file.endsWith('_run.json')));
});

onRing(
  'a node that does not answer StopApplication is named, and no more',
  [1, 1, 1, 1],
  async (ring) => {
    ring.before = (call) => {
      if (call === 'stopApplication 1') throw new ConnectError('gone', Code.Unavailable);
    };
    const { error, notices } = await played({ NODES: ring.names.join(',') });
    assert.is(error, null);
    assert.is(notices.length, 1);
    assert.match(notices[0], /^node 1 .* did not answer StopApplication: gone/);
  },
);

timedTest('nobody listens, and a name that does not resolve', async () => {
  const names = (last: string) =>
    ['x-n0:1', 'x-n1:1', 'x-n2:1', last].join(',').replaceAll(/x-n(\d):/g, 'x-n$1=127.0.0.1:');
  const silent = await played({ NODES: names('x-n3:1') });
  assert.is((silent.error as GossipError).code, 'failed');
  assert.match(
    String(silent.error),
    /round 0: node \d \(x-n\d at 127.0.0.1:1\) did not answer CurrentValue/,
  );
  const unknown = await played({ NODES: names('nowhere.invalid-n3') });
  assert.is((unknown.error as GossipError).code, 'input');
  assert.match(String(unknown.error), /nowhere.invalid-n3:1 does not resolve/);
});

timedTest(
  'the runs.csv of a series has the runs on all graphs, played by several runners',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gossip-'));
    const storage = createDirectoryStorage(folder);
    for (const GRAPH_NAME of ['b', 'a', 'b']) {
      await withRing([3, 2, 1, 0], async ({ names }) => {
        const series = { SERIES_SIMULATION: 'True', REPETITIONS: '2', GRAPH_NAME };
        const { error } = await played({ ...series, NODES: names.join(',') }, { storage });
        assert.is(error, null, String(error));
      });
    }
    const text = new TextDecoder().decode((await storage.get('ring-a1/runs.csv'))!);
    assert.equal(
      text.split('\n').map((line) => line.split(',', 2).join()),
      ['simulation,graph', 'ring,a', 'ring,a', 'ring,b', 'ring,b', ''],
    );
    await rm(folder, { recursive: true });
  },
);

test('a graph in parts needs --max-rounds', async () => {
  const parts = { ADJ_LIST: '0 1,1,2 3,3,', NODES: 'x-n0,x-n1,x-n2,x-n3' };
  const { error } = await played(parts);
  assert.is((error as GossipError).code, 'input');
  assert.match(String(error), /ADJ_LIST is a graph in 2 parts.*--max-rounds/);
});

test.run();
