import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Code } from '@connectrpc/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readGraphFile } from '../../graph/index.ts';
import { readResources } from '../../runner/index.ts';
import { examples } from './index.ts';
import {
  endless,
  file,
  PARTS,
  refused,
  type Started,
  simulationYaml,
  withJobs,
} from './jobs.fixture.ts';

const TRIANGLE = file('triangle.txt', 'a b\nb c\nc a\n');
const check = ({ client }: Started, ...files: ReturnType<typeof file>[]) =>
  client.startSimulations({ files, onlyCheck: true });
const problems = async (started: Started, ...files: ReturnType<typeof file>[]) =>
  (await refused(check(started, ...files))).problems.map(({ file, line, field, text }) => ({
    file,
    line,
    field,
    text,
  }));

/** One server for all that starts nothing. */
let started: Started;
let leave: () => void;
let left: Promise<void>;
test.before(async () => {
  await new Promise<void>((resolve) => {
    left = withJobs({}, async (jobs) => {
      started = jobs;
      const leaving = Promise.withResolvers<void>();
      leave = leaving.resolve;
      resolve();
      await leaving.promise;
    });
  });
});
test.after(async () => {
  assert.not(existsSync(started.results), 'a check has written something');
  leave();
  await left;
});

test('a check says what would be started, also of packed files', async () => {
  const yaml = simulationYaml('sweep', 'triangle', 'algorithm: weighted_factor', 'factor: [1, 2]');
  const files = [
    file('triangle.txt.gz', gzipSync('a b\nb c\nc a\n')),
    file('sweep.yaml.gz', gzipSync(`${yaml}  repetitions: 5\n  seed: 3\n`)),
  ];
  const { jobs, warnings } = await check(started, ...files);
  assert.is(jobs.length, 1);
  const [{ id, name, folder, algorithm, graphs, runs }] = jobs;
  assert.equal(
    [id, name, algorithm, graphs, runs],
    ['', 'sweep', 'weighted_factor', ['triangle'], 10],
  );
  assert.match(folder, /^sweep-[0-9a-f]{8}$/);
  assert.match(warnings.join(), /favor is not given/);
  const again = await check(started, ...files);
  assert.is(again.jobs[0].folder, folder);
});

test('what is wrong with a Simulation is told with its file, line and field, all at once', async () => {
  const found = await problems(
    started,
    TRIANGLE,
    file('one.yaml', simulationYaml('one', 'triangle', 'repetitions: 0', 'factr: 2', 'seed: -1')),
    file('two.yaml', simulationYaml('Two', 'triangle')),
    file('three.yaml', simulationYaml('three', 'triangle', 'algorithm: weigthed_factor')),
  );
  // Plans are made of files that can be read.
  assert.equal(
    found.map(({ file, line, field }) => [file, line, field]),
    [
      ['one.yaml', 10, 'spec.factr'],
      ['one.yaml', 9, 'spec.repetitions'],
      ['one.yaml', 11, 'spec.seed'],
      ['two.yaml', 4, 'metadata.name'],
    ],
  );
  assert.match(found[0].text, /^unknown field: did you mean factor/);
  assert.match(found[1].text, /^Too small/);
  assert.match(found[3].text, /^"Two" is not a valid name/);
});

const onTriangle: [lines: string[], line: number, field: string, text: RegExp][] = [
  [['algorithm: weigthed_factor'], 6, 'spec.algorithm', /^there is no algorithm .* did you mean/],
  [
    ['algorithm: weighted_factor', 'favor: inside', 'factor: [1, -1]'],
    11,
    'spec.factor[1]',
    /^Too small/,
  ],
  [['parameters: {size: 3}'], 6, 'spec.parameters.size', /^default has no parameter "size"/],
  [
    ['start: source', 'source: z'],
    6,
    'spec.source',
    /source z is not a node of the graph triangle/,
  ],
  [['source: a'], 6, 'spec.source', /start is random: add start: source/],
  [['start: values'], 6, 'spec.start', /has no valueList/],
];
for (const [lines, line, field, text] of onTriangle) {
  test(`a Simulation that cannot be planned is refused beside ${field}: ${lines.join(', ')}`, async () => {
    const yaml = simulationYaml('sim', 'triangle', ...lines);
    const [problem, ...others] = await problems(started, TRIANGLE, file('sim.yaml', yaml));
    assert.equal(others, []);
    assert.equal([problem.file, problem.line, problem.field], ['sim.yaml', line, field]);
    assert.match(problem.text, text);
  });
}

test('a graphSelector without a match, a graph in parts, no Simulation, the same twice', async () => {
  const sim = file('sim.yaml', simulationYaml('sim', 'square'));
  const [match] = await problems(started, TRIANGLE, sim);
  assert.equal([match.file, match.field], ['sim.yaml', 'spec.graphSelector']);
  assert.match(match.text, /^graphSelector name: square matches no graph; there are triangle$/);
  const [none] = await problems(started, sim);
  assert.match(none.text, /no graph was given/);
  const [parts] = await problems(started, PARTS, file('a.yaml', simulationYaml('a', 'parts')));
  assert.equal([parts.file, parts.field], ['a.yaml', 'spec.maxRounds']);
  assert.match(parts.text, /^parts.txt: the graph parts is in 2 parts/);
  assert.match((await problems(started, TRIANGLE))[0].text, /there is no Simulation/);
  const twice = [file('1.yaml', simulationYaml('x', 'triangle', 'seed: 1'))];
  twice.push(file('2.yaml', simulationYaml('x', 'triangle', 'seed: 1')));
  const [second] = await problems(started, TRIANGLE, ...twice);
  assert.equal([second.file, second.field], ['2.yaml', 'metadata.name']);
});

test('what is wrong with graphs is told with file and line', async () => {
  const graph = (lines: string) =>
    `apiVersion: gossip.io/v1\nkind: Graph\nmetadata: {name: g}\nspec:\n  adjacencyList:\n${lines}`;
  const found = await problems(
    started,
    file('list.csv', '0,1\n2\n'),
    file('graph.yaml', graph('  - "0 1,"\n  - "1 x,"\n')),
    file(
      'graph.gexf',
      '<gexf>\n<graph>\n<nodes><node id="a"/>\n<node id="a"/></nodes></graph></gexf>',
    ),
    file('half.txt.gz', gzipSync('0 1\n'.repeat(50)).subarray(0, 20)),
    file('what.mtx', '0 1'),
    file('labels.yaml', `${graph('  - "0 1,"\n  - "1,"\n')}  nodeLabels: [a]\n`),
  );
  assert.equal(
    found.map(({ file, line, field }) => [file, line, field]),
    [
      ['list.csv', 2, ''],
      ['graph.yaml', 7, 'spec.adjacencyList[1]'],
      ['graph.gexf', 4, ''],
      ['half.txt.gz', 0, ''],
      ['what.mtx', 0, ''],
      ['labels.yaml', 8, 'spec.nodeLabels'],
    ],
  );
  assert.match(found[0].text, /^one label only/);
  assert.match(found[1].text, /"x" is not a node/);
  assert.match(found[2].text, /^a second node "a"/);
  assert.match(found[4].text, /^the extension of a graph's file/);
});

test('names of files lead nowhere', async () => {
  const names = ['../x.txt', '/etc/x.txt', 'a\\x.txt', 'a\u0000.txt', '\u202etxt.txt', '..', ''];
  names.push(`${'x'.repeat(300)}.txt`);
  const found = await problems(started, ...names.map((name) => file(name, '0 1')), PARTS, PARTS);
  assert.is(found.length, names.length + 1);
  assert.ok(found.every(({ file }) => file === ''));
  assert.match(found.at(-1)!.text, /a second file of this name/);
  // A name that looks like a place in another file is still only a name.
  const [strange] = await problems(started, file('a.yaml, line 9: spec.seed: x.txt', '7\n'));
  assert.equal(
    [strange.file, strange.line, strange.field],
    ['a.yaml, line 9: spec.seed: x.txt', 1, ''],
  );
});

test('markup in a name is a text like any other', async () => {
  const name = '<img src=x onerror=alert(1)>';
  const [problem] = await problems(started, file(`${name}.yaml`, 'kind: Graph\n'));
  assert.is(problem.file, `${name}.yaml`);
  const [other] = await problems(
    started,
    TRIANGLE,
    file('a.yaml', simulationYaml(name, 'triangle')),
  );
  assert.equal([other.field, other.file], ['metadata.name', 'a.yaml']);
  const { jobs } = await check(
    started,
    file(`${name}.txt`, '0 1'),
    file('a.yaml', simulationYaml('a', 'img-src-x-onerror-alert-1')),
  );
  assert.equal(jobs[0].graphs, ['img-src-x-onerror-alert-1']);
});

test('bombs: aliases, depth, packed zeros, many files, a document type, huge numbers', async () => {
  const aliases = `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]\n`)
    .join('')}`;
  const bombs: [string, string | Uint8Array, RegExp][] = [
    ['a.yaml', aliases, /aliases/],
    ['a.yaml', '['.repeat(50_000), /nested too deeply|not YAML/],
    ['a.txt.gz', gzipSync(Buffer.alloc(80 * 2 ** 20, ' ')), /more than 64 MiB/],
    ['a.gexf', '<!DOCTYPE x [<!ENTITY a "b">]><gexf/>', /DOCTYPE/],
    ['a.txt', `0 ${'9'.repeat(400)}x\n1 ${'9'.repeat(2000)}\n`, /label of 2000 characters/],
    [
      'a.yaml',
      simulationYaml('a', 'triangle', 'repetitions: 1e999'),
      /expected (int|number)|Invalid input/,
    ],
    ['a.yaml', simulationYaml('a', 'triangle', `seed: ${'9'.repeat(30)}`), /./],
  ];
  for (const [name, content, text] of bombs) {
    const [problem] = await problems(started, TRIANGLE, file(name, content));
    assert.match(problem.text, text);
  }
  const many = Array.from({ length: 101 }, (_, i) => file(`${i}.txt`, '0 1'));
  assert.match((await problems(started, ...many))[0].text, /101 files: at most 100/);
  const heavy = file('heavy.txt', Buffer.alloc(33 * 2 ** 20));
  assert.match((await problems(started, heavy))[0].text, /33 MiB: at most 32 MiB/);
});

test('keys of prototypes are fields that nobody knows', async () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    const yaml = simulationYaml('a', 'triangle', `${key}: {polluted: 1}`);
    const [problem] = await problems(started, TRIANGLE, file('a.yaml', yaml));
    assert.equal([problem.field, problem.line], [`spec.${key}`, 9], key);
    const labels = simulationYaml('a', 'triangle').replace('name: triangle', `${key}: x`);
    assert.match(
      (await problems(started, TRIANGLE, file('a.yaml', labels)))[0].field,
      /graphSelector/,
    );
    const parameters = simulationYaml('a', 'triangle', 'parameters:', `  ${key}: 1`);
    const call = check(started, TRIANGLE, file('a.yaml', parameters));
    const result = await call.then(
      ({ jobs }) => jobs[0].runs,
      () => 'refused',
    );
    assert.ok(result === 1 || result === 'refused');
  }
  assert.is(({} as Record<string, unknown>).polluted, undefined);
});

test('examples are what their files are, and can be played', async () => {
  for (const { name, nodes, edges, simulations } of examples()) {
    const path = `examples/${name}.yaml`;
    const { graphs } = await readResources([path]);
    assert.equal(
      [graphs[0].name, graphs[0].graph.nodeCount, graphs[0].graph.edgeCount],
      [name, nodes, edges],
    );
    const files = simulations!.map((one) => file(one.name!, one.content!));
    const { jobs } = await started.client.startSimulations({
      files,
      examples: [name!],
      onlyCheck: true,
    });
    assert.ok(jobs.length > 1 && jobs.every((job) => job.graphs.join() === name));
  }
  const { text } = await refused(started.client.startSimulations({ examples: ['../package'] }));
  assert.match(text, /there is no example "..\/package"/);
});

test('graphs of stored simulations; those who may not start', async () => {
  const wanted: string[][] = [];
  const graphOf = async (folder: string, graph: string) => {
    wanted.push([folder, graph]);
    return { ...(await readGraphFile('x.txt', chunk('0 1\n1 2\n'))), name: graph };
  };
  await withJobs({ graphOf }, async ({ client }) => {
    const files = [file('a.yaml', simulationYaml('a', 'path'))];
    const graphs = [
      { folder: 'f-1', graph: 'path' },
      { folder: 'f-1', graph: 'path' },
    ];
    const { jobs } = await client.startSimulations({ files, graphs, onlyCheck: true });
    assert.equal([jobs[0].graphs, wanted], [['path'], [['f-1', 'path']]]);
    const headers = { 'gossip-token': 'wrong' };
    const calls = [
      client.startSimulations({ files, graphs, onlyCheck: true }, { headers }),
      client.cancelSimulation({ id: 'x' }, { headers }),
    ];
    for (const call of calls) assert.is((await refused(call)).code, Code.PermissionDenied);
  });
  const missing = await refused(
    started.client.startSimulations({ graphs: [{ folder: 'f', graph: 'g' }] }),
  );
  assert.is(missing.code, Code.NotFound);
});

test('limits are refused in words that say them', async () => {
  const limits = { nodes: 3, runs: 4, atOnce: 1, waiting: 1 };
  await withJobs({ limits }, async (limited) => {
    const runs = file('a.yaml', simulationYaml('a', 'triangle', 'repetitions: 5'));
    const beyond = await refused(check(limited, TRIANGLE, runs));
    assert.is(beyond.code, Code.ResourceExhausted);
    assert.match(beyond.text, /^a has 5 runs .*: at most 4 are played here$/);
    assert.is(beyond.problems.length, 1);
    const nodes = await refused(check(limited, PARTS, endless('a')));
    assert.match(nodes.text, /^the graph parts has 4 nodes: at most 3 are played here$/);
    const many = ['a', 'b', 'c'].map((name) =>
      file(`${name}.yaml`, simulationYaml(name, 'triangle', 'seed: 1')),
    );
    const waiting = await refused(check(limited, TRIANGLE, ...many));
    assert.is(waiting.code, Code.ResourceExhausted);
    assert.match(waiting.text, /^2 simulations would wait for their turn: at most 1 do here/);
    assert.is((await check(limited, TRIANGLE, ...many.slice(1))).jobs.length, 2);
  });
});

async function* chunk(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

test.run();
