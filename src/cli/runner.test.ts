import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseGraphResource } from '../graph/index.ts';
import { readResources } from '../runner/index.ts';
import { VERSION } from '../runner/version.ts';
import { type ServedHost, serveHost } from '../service/index.ts';
import { timedTest } from '../transport/within.fixture.ts';
import { filesBelow, gossip, inFolder, KARATE, type Said } from './command.fixture.ts';
import { withSeedNodes } from './seed-nodes.fixture.ts';

/** Runs a command line with these variables in the environment. */
async function gossipWith(
  variables: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<Said> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return await gossip(...args);
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

async function withHosts(
  tokens: readonly string[],
  use: (addresses: string[], hosts: ServedHost[]) => Promise<void>,
  version: string = VERSION.gossip,
): Promise<void> {
  const hosts: ServedHost[] = [];
  const quiet = { port: 0, peerPort: 0, host: '127.0.0.1', allowOrigins: [], log() {} };
  try {
    for (const token of tokens) hosts.push(await serveHost({ ...quiet, token, version }));
    await use(
      hosts.map(({ port }) => `127.0.0.1:${port}`),
      hosts,
    );
  } finally {
    await Promise.all(hosts.map((host) => host.stop(1000)));
  }
}

const RUN = [KARATE, '--seed', '3', '--repetitions', '4', '--format', 'csv'];
const resultsOf = (folder: string) =>
  Object.fromEntries(
    Object.entries(filesBelow(folder)).filter(
      ([path]) => !/timings|manifest|summary|average/.test(path),
    ),
  );

timedTest('hosts at addresses play what memory plays, and leave when they are told to', () =>
  inFolder({}, async (folder) => {
    await withHosts(['secret', 'secret', 'secret'], async (addresses, hosts) => {
      const token = { GOSSIP_TOKEN: 'secret' };
      const hostFlags = ['--hosts', addresses.join(',')];
      for (const algorithm of ['default', 'default_complex_memory']) {
        const [here, there] = [join(folder, `here-${algorithm}`), join(folder, algorithm)];
        const args = [...RUN, '--algorithm', algorithm, '--results'];
        const memory = await gossip('run', ...args, here);
        const remote = await gossipWith(token, 'runner', ...args, there, ...hostFlags);
        assert.is(remote.code, 0, remote.stderr);
        assert.is(remote.stdout, memory.stdout);
        assert.equal(resultsOf(there), resultsOf(here));
      }
      const stop = ['--stop', '--results', join(folder, 'stop')];
      const last = await gossipWith(token, 'runner', ...RUN, ...hostFlags, ...stop);
      assert.is(last.code, 0, last.stderr);
      await Promise.all(hosts.map((host) => host.stopped));
    });
  }),
);

timedTest('hosts that cannot be played on are named', () =>
  inFolder({}, async (folder) => {
    const play = (...hosts: string[]) =>
      gossip('runner', ...RUN, '--results', folder, '--hosts', hosts.join(','));
    const cases: [number, RegExp, () => Promise<Said>][] = [
      [2, /"nowhere" is no address: write host:port/, () => play('nowhere')],
      [2, /nowhere\.invalid:7 does not resolve/, () => play('nowhere.invalid:7')],
      [2, /127\.0\.0\.1:7 is there twice/, () => play('127.0.0.1:7', '127.0.0.1:7')],
      [
        1,
        /the host at 127\.0\.0\.1:7 did not answer Describe: .*ECONNREFUSED/,
        () => play('127.0.0.1:7'),
      ],
    ];
    for (const [code, said, run] of cases) {
      const { code: actual, stderr, stdout } = await run();
      assert.equal([actual, stdout], [code, ''], stderr);
      assert.match(stderr, said);
    }
    await withHosts(['secret'], async ([address]) => {
      const { code, stderr } = await play(address);
      assert.is(code, 1);
      assert.match(
        stderr,
        new RegExp(`^gossip: the host at ${address} .*a token: show it as gossip-token`),
      );
    });
    const other = '9.9.9';
    await withHosts(
      [''],
      async ([address]) => {
        const { code, stderr } = await play(address);
        assert.is(code, 1);
        assert.match(stderr, `the host at ${address} is of gossip 9.9.9, this runner of`);
      },
      other,
    );
    assert.equal(filesBelow(folder), {});
  }),
);

timedTest('nodes of the seed with a SEED play what memory plays', () =>
  inFolder({}, async (folder) => {
    const [{ graph, adjacencyText }] = (await readResources([KARATE])).graphs;
    const [here, there] = [join(folder, 'here'), join(folder, 'there')];
    const memory = await gossip('run', ...RUN, '--results', here);
    assert.is(memory.code, 0, memory.stderr);
    const shared = { ALGORITHM: 'default', REPETITIONS: '4', SEED: '3' };
    await withSeedNodes(graph, 'karate-g0', shared, async (nodes) => {
      const runner = await gossipWith(
        {
          ...shared,
          SIMULATION: 'karate-default',
          SIMULATION_ID: 'x',
          SERIES_SIMULATION: 'False',
          GRAPH_NAME: 'karate',
          ADJ_LIST: `${adjacencyText},`,
          NODES: nodes,
        },
        ...['runner', '--results', there, '--format', 'csv'],
      );
      assert.is(runner.code, 0, runner.stderr);
      assert.is(runner.stdout, memory.stdout);
    });
    const plain = (files: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(files).map(([path, text]) => [
          path.replace(/^karate-default-\w+\//, ''),
          text,
        ]),
      );
    assert.equal(plain(resultsOf(there)), plain(resultsOf(here)));
  }),
);

const ADJ_LIST = '0 2 6 7 8,1 2 3 4 5 7,2 3 6,3 4 5,4 9,5,6 8,7,8 9,9,';
const COMMUNITIES =
  '{"0": 1, "2": 1, "6": 1, "7": 0, "8": 1, "1": 0, "3": 0, "4": 2, "5": 0, "9": 2}';
/** What the published system leaves of this simulation, beside its pictures. */
const PUBLISHED = [
  'exec-1/run-1/sim-wf_node_value_history.json',
  'exec-1/run-1/sim-wf_summary.json',
  'exec-1/run-2/sim-wf_node_value_history.json',
  'exec-1/run-2/sim-wf_summary.json',
  'exec-1/sim-wf_averaged_result.json',
  'exec-2/run-1/sim-wf_node_value_history.json',
  'exec-2/run-1/sim-wf_summary.json',
  'exec-2/run-2/sim-wf_node_value_history.json',
  'exec-2/run-2/sim-wf_summary.json',
  'exec-2/sim-wf_averaged_result.json',
];
const SUMMARY = `{
  "timestamp": "",
  "num_rounds": 0,
  "algorithm": "weighted_factor",
  "adj_list": "0 2 6 7 8,1 2 3 4 5 7,2 3 6,3 4 5,4 9,5,6 8,7,8 9,9",
  "factor": "1.5",
  "graph_metadata": {
    "numberOfNodes": 10,
    "m": 2,
    "p": 0.3,
    "graphType": "holme-kim",
    "nodeCommunities": {
      "0": 1,
      "2": 1,
      "6": 1,
      "7": 0,
      "8": 1,
      "1": 0,
      "3": 0,
      "4": 2,
      "5": 0,
      "9": 2
    }
  }
}`;

timedTest('the published objects of a simulation in the environment', () =>
  inFolder({}, async (folder) => {
    const { graph } = parseGraphResource(
      {
        apiVersion: 'gossip.io/v1',
        kind: 'Graph',
        metadata: { name: 'holme-n10' },
        spec: { adjacencyList: ADJ_LIST.split(',').slice(0, -1) },
      },
      'the test',
      () => undefined,
    );
    const shared = { ALGORITHM: 'weighted_factor', REPETITIONS: '2', FACTOR: '1.5,3.0' };
    const alone = { ...shared, COMMUNITY_NEIGHBORS: '', FAVOR: 'outside' };
    await withSeedNodes(graph, 'sim-wf-g0', alone, async (NODES, said, left) => {
      const runner = await gossipWith(
        {
          ...shared,
          NODES,
          SIMULATION: 'sim-wf',
          SIMULATION_ID: '1-2',
          SERIES_SIMULATION: 'True',
          GRAPH_NAME: 'holme-n10',
          ADJ_LIST,
          NODE_COMMUNITIES: COMMUNITIES,
          VISUALIZE: 'True',
          SIMULATION_PROPERTIES: '{}',
          GRAPH_PROPERTIES: '{"numberOfNodes": 10, "m": 2, "p": 0.3, "graphType": "holme-kim"}',
          // A place that is named wins.
          MINIO_ENDPOINT: 'minio:9000',
        },
        ...['runner', '--results', folder],
      );
      assert.is(runner.code, 0, runner.stderr);
      assert.match(
        runner.stdout,
        /^holme-n10 weighted_factor factor=1.5: [\d.]+ rounds \(2 runs\)\nholme-n10 weighted_factor factor=3: /,
      );
      await left;
      // Never told to play once more than there is.
      assert.not.ok(said.some((line) => line.startsWith('reset after')));
    });
    const files = filesBelow(folder);
    const rows = ['exec-1/run-1', 'exec-1/run-2', 'exec-2/run-1', 'exec-2/run-2'];
    const pictures = Object.keys(files).filter((key) => /\.(gexf|gif|png)$/.test(key));
    const others = Object.keys(files).filter((key) => !pictures.includes(key));
    assert.equal(others, [
      ...rows.map((run) => `sim-wf-1-2/_gossip/holme-n10/${run}/sim-wf_run.json`),
      ...PUBLISHED.map((key) => `sim-wf-1-2/holme-n10/${key}`),
      'sim-wf-1-2/runs.csv',
    ]);
    const text = (key: string) =>
      files[`sim-wf-1-2/holme-n10/${key}`]
        .replace(/\d{4}(-\d\d){5}/, '')
        .replace(/"num_rounds": [1-9]\d*,/, '"num_rounds": 0,');
    assert.is(text('exec-1/run-1/sim-wf_summary.json'), SUMMARY);
    assert.is(text('exec-2/run-2/sim-wf_summary.json'), SUMMARY.replace('"1.5"', '"3.0"'));
    assert.match(text('exec-1/sim-wf_averaged_result.json'), /"num_rounds": \d+\.\d+,/);
    const history = JSON.parse(text('exec-1/run-1/sim-wf_node_value_history.json'));
    assert.equal(Object.keys(history[0].nodes), [...'0123456789']);
    const [header, ...lines] = files['sim-wf-1-2/runs.csv'].trim().split('\n');
    const column = header.split(',').indexOf('seed');
    assert.equal(
      lines.map((line) => line.split(',')[column]),
      ['', '', '', ''],
    );
    const [rounds, count] = ['num_rounds', 'converged'].map((name) =>
      header.split(',').indexOf(name),
    );
    for (const line of lines) assert.is(line.split(',')[count], 'true');
    const drawn = rows.flatMap((run, index) => [
      `sim-wf-1-2/_gossip/holme-n10/${run}/sim-wf_rounds.gif`,
      `sim-wf-1-2/_gossip/holme-n10/${run}/sim-wf_rounds.png`,
      ...Array.from(
        { length: Number(lines[index].split(',')[rounds]) + 1 },
        (_, round) => `sim-wf-1-2/holme-n10/${run}/rounds/holme-n10-round-${round}.gexf`,
      ),
    ]);
    assert.equal(pictures, drawn.sort());
    assert.is(history.length, Number(lines[0].split(',')[rounds]) + 1);
  }),
);

test('what goes with --hosts alone, and an environment that is wrong', async () => {
  const environment = { SIMULATION: 'a', NODES: 'b' };
  const cases: [Record<string, string>, string[], RegExp][] = [
    [{}, [], /^gossip: gossip runner needs hosts to play on: --hosts/],
    [environment, [], /^gossip: SIMULATION_ID is missing: .*\n +SERIES_SIMULATION is missing/],
    [environment, [KARATE], /karate.yaml goes with --hosts: without it the environment says/],
    [environment, ['--algorithm', 'default'], /--algorithm goes with --hosts/],
    [environment, ['--nodes-per-host', '2'], /--nodes-per-host goes with --hosts/],
    [environment, ['--hosts', '127.0.0.1:1', '--port', '5'], /--port goes without --hosts/],
  ];
  for (const [variables, flags, said] of cases) {
    const { code, stdout, stderr } = await gossipWith(variables, 'runner', ...flags);
    assert.equal([code, stdout], [2, ''], stderr);
    assert.match(stderr, said);
  }
});

test.run();
