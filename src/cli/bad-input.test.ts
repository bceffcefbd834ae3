import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  filesBelow,
  gossip,
  graphYaml,
  inFolder,
  KARATE,
  simulationYaml,
} from './command.fixture.ts';

const TRIANGLE = ['0 1 2', '1 2', '2'];
const GRAPH = graphYaml('triangle', TRIANGLE);

/**
 * A test that a command is refused: exit code 2, every one of `words` in the message, no stack, nothing printed as an
 * answer and nothing written. Arguments that name one of the files become its path.
 */
function refuses(
  what: string,
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  ...words: (string | RegExp)[]
): void {
  test(`${what} is refused`, () =>
    inFolder(files, async (folder) => {
      const paths = args.map((arg) =>
        arg === '.' ||
        Object.keys(files).some(
          (file) => `${file}/`.startsWith(`${arg}/`) || arg.startsWith(`${file}/`),
        )
          ? join(folder, arg)
          : arg,
      );
      const results = join(folder, 'results');
      const { code, stdout, stderr } = await gossip(
        'run',
        '--seed',
        '1',
        '--results',
        results,
        ...paths,
      );
      assert.is(code, 2, stderr);
      for (const word of words) {
        const found = typeof word === 'string' ? stderr.includes(word) : word.test(stderr);
        assert.ok(found, `${word} is not in: ${stderr}`);
      }
      assert.not.match(stderr, /^ +at /m);
      assert.is(stdout, '');
      assert.equal(Object.keys(filesBelow(results)), []);
    }));
}

/** The same for one file that is read. */
function refusesFile(what: string, name: string, text: string, ...words: (string | RegExp)[]) {
  refuses(what, { [name]: text }, [name], name, ...words);
}

/** The same for flags on a good graph. */
function refusesFlags(what: string, args: readonly string[], ...words: (string | RegExp)[]) {
  refuses(what, { 'graph.yaml': GRAPH }, ['graph.yaml', ...args], ...words);
}

// Files
refusesFile('malformed YAML', 'graph.yaml', 'kind: Graph\nspec: [1, 2\n', 'line 3', 'not YAML');
refusesFile(
  'a YAML alias bomb',
  'bomb.yaml',
  `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]\n`)
    .join('')}`,
  'aliases',
);
refusesFile('a list for a resource', 'graph.yaml', '- 1\n- 2\n', 'a map with apiVersion');
refusesFile('a resource without apiVersion', 'graph.yaml', 'kind: Graph\n', 'line 1', 'apiVersion');
refusesFile(
  'a resource of another apiVersion alone',
  'graph.yaml',
  GRAPH.replace('gossip.io/v1', 'gossip.io/v2'),
  'apiVersion is not gossip.io/v1',
  'no graph',
);
refusesFile(
  'an unknown kind',
  'graph.yaml',
  GRAPH.replace('kind: Graph', 'kind: Grap'),
  'line 2',
  'Graph or Simulation',
);
refusesFile(
  'an unknown field',
  'graph.yaml',
  graphYaml('triangle', TRIANGLE, 'valuList: "1,2,3"'),
  'line 12',
  'spec.valuList',
  'did you mean valueList',
);
refusesFile(
  'an unknown field of a Simulation',
  'all.yaml',
  `${GRAPH}---\n${simulationYaml('sim', 'algoritm: default')}`,
  /line \d+: spec.algoritm/,
  'did you mean algorithm',
);
refusesFile(
  'an unknown algorithm in a file',
  'all.yaml',
  `${GRAPH}---\n${simulationYaml('sim', 'algorithm: weigthed_factor')}`,
  /line \d+/,
  '"weigthed_factor"',
  'did you mean weighted_factor',
);
refusesFile(
  'a parameter out of range in a file',
  'all.yaml',
  `${GRAPH}---\n${simulationYaml('sim', 'algorithm: weighted_factor', 'factor: [1.5, 0]')}`,
  /line \d+: spec\.factor\[1\]/,
);
refusesFile(
  'an adjacency line with letters',
  'graph.yaml',
  graphYaml('letters', ['0 1', '1 x']),
  'line 10',
  'spec.adjacencyList[1]',
  '"x" is not a node',
);
refusesFile(
  'a neighbor that is not a node',
  'graph.yaml',
  graphYaml('dangling', ['0 1', '1 7']),
  'line 10',
  'neighbor 7 of node 1 is not a node',
);
refusesFile(
  'an empty graph',
  'graph.yaml',
  graphYaml('nothing', []).replace('adjacencyList:', 'adjacencyList: []'),
  'spec.adjacencyList',
  'empty',
);
refusesFile('an empty edge list', 'nothing.txt', '# nothing\n', 'empty');
refusesFile('an empty file', 'nothing.yaml', '', 'there is no graph');
refusesFile(
  'a graph in two parts',
  'graph.yaml',
  graphYaml('parts', ['0 1', '1', '2 3', '3']),
  'in 2 parts',
  '--max-rounds',
);
for (const [what, name] of [
  ['..', '../evil'],
  ['..', 'a..b'],
  ['/', 'a/b'],
]) {
  refusesFile(
    `a graph's name with ${what}`,
    'graph.yaml',
    graphYaml(name, TRIANGLE),
    'metadata.name',
    what,
  );
  refusesFile(
    `a Simulation's name with ${what}`,
    'all.yaml',
    `${GRAPH}---\n${simulationYaml(name)}`,
    'metadata.name',
    what,
  );
  refusesFlags(`--name with ${what}`, ['--name', name], '--name', what);
}
refusesFile(
  'a graph named as one of our files',
  'graph.yaml',
  graphYaml('runs.csv', TRIANGLE),
  'runs.csv',
  'rename',
);
refusesFile(
  'a valueList of the wrong length',
  'graph.yaml',
  graphYaml('triangle', TRIANGLE, 'valueList: "1,2"'),
  'valueList',
  '2 values',
  '3 nodes',
);
refusesFile(
  'a valueList that is not of numbers',
  'graph.yaml',
  graphYaml('triangle', TRIANGLE, 'valueList: "1,two,3"'),
  'valueList',
  'value 2',
  '"two"',
);
refusesFile(
  'a value too large to be summed',
  'graph.yaml',
  graphYaml('triangle', TRIANGLE, 'valueList: "1,1e308,1e308"'),
  'valueList',
  'value 2',
  '1e308',
);
refusesFile(
  'a selector that matches nothing',
  'all.yaml',
  `${GRAPH}---\n${simulationYaml('sim').replace('series: tests', 'series: others')}`,
  /line \d+/,
  'series: others',
  'triangle',
);
refuses(
  'the same graph name twice',
  { 'a.yaml': GRAPH, 'b.yaml': GRAPH },
  ['a.yaml', 'b.yaml'],
  'b.yaml',
  'named triangle',
  'a.yaml',
);

// Paths
refuses('a missing file', {}, ['missing.yaml'], 'missing.yaml', 'no such file');
refuses(
  'a path below a file',
  { 'graph.yaml': GRAPH },
  ['graph.yaml/deeper'],
  'graph.yaml/deeper',
  'is a file',
);
refuses('a folder without graphs', { 'readme.md': '' }, ['.'], 'no graph');
refuses('a file of an unknown kind', { 'graph.doc': '' }, ['graph.doc'], 'graph.doc', '.graphml');
refuses('no path', {}, [], 'no graph was given');
refuses(
  'results below a file',
  { 'graph.yaml': GRAPH, plain: '' },
  ['graph.yaml', '--results', 'plain/results'],
  'plain/results',
  'a part of the path is a file',
);

// Flags
refusesFlags('an unknown flag', ['--repetition', '3'], "'--repetition'", '--repetitions');
refusesFlags(
  'an unknown algorithm',
  ['--algorithm', 'defualt'],
  '"defualt"',
  'did you mean default',
);
refusesFlags(
  'an algorithm that is a path',
  ['--algorithm', '../x'],
  '"../x"',
  'cannot be an algorithm',
);
refusesFlags('an empty algorithm', ['--algorithm', 'default,'], '""', 'cannot be an algorithm');
refusesFlags('an algorithm twice', ['--algorithm', 'default,default'], 'graph-default', 'twice');
refusesFlags('a factor of 0', ['--algorithm', 'weighted_factor', '--factor', '0'], '--factor', '0');
refusesFlags('a factor that is a word', ['--factor', 'big'], '--factor', 'numbers');
refusesFlags('a share over 1', ['--weighting-param-a', '0.5,1.5'], '--weighting-param-a', '1.5');
refusesFlags(
  'a prior partner factor below 0',
  ['--prior-partner-factor=-1'],
  '--prior-partner-factor',
  '-1',
);
refusesFlags('no repetitions', ['--repetitions', '0'], '--repetitions', 'integer from 1');
refusesFlags('a seed over 2^53', ['--seed', '9007199254740992'], '--seed', 'integer from 0');
refusesFlags('a tolerance of 1', ['--aggregate', 'mean', '--tolerance', '1'], '--tolerance', '1');
refusesFlags('an unknown schedule', ['--schedule', 'sorted'], '--schedule', 'ascending, shuffled');
refusesFlags(
  'a source that is no node',
  ['--start', 'source', '--source', '7'],
  'graph.yaml',
  'source 7',
  'triangle',
);
refusesFlags('a source without start', ['--source', '1'], '--start source');
refusesFlags(
  'start values that are not there',
  ['--start', 'values'],
  'graph.yaml',
  'no valueList',
);
refusesFlags(
  'a parameter that nobody has',
  ['--parameter', 'depth=1'],
  'default has no parameter "depth"',
);
refusesFlags(
  'a strategy folder that is missing',
  ['--strategies', 'missing'],
  'missing',
  'cannot be read',
);
refusesFlags('a name too long for a file', ['--name', 'n'.repeat(240)], '--name', '248 characters');
refuses(
  'one name for several Simulations',
  { 'all.yaml': `${GRAPH}---\n${simulationYaml('one')}---\n${simulationYaml('two')}` },
  ['all.yaml', '--name', 'other'],
  '--name',
  '2 Simulations',
);
refuses(
  'an eigenvector that is not unique',
  { 'graph.yaml': graphYaml('parts', ['0 1', '1', '2 3', '3']) },
  ['graph.yaml', '--max-rounds', '9', '--algorithm', 'default,eigenvector_weighted'],
  'parts',
  'eigenvector centrality is not defined',
);
test('a strategy that gives a weight below 0 is refused by its file, before any run', () =>
  inFolder(
    {
      'graph.yaml': GRAPH,
      'mine/negative.js': `export default {
        summary: 'wrong', parameters: {}, measures: [],
        weigh(view, parameters, out) { out.fill(-1, 0, view.degree); } };`,
    },
    async (folder) => {
      const results = join(folder, 'results');
      const { code, stderr } = await gossip(
        ...['run', join(folder, 'graph.yaml'), '--strategies', join(folder, 'mine')],
        ...['--algorithm', 'negative', '--results', results],
      );
      assert.is(code, 2);
      assert.match(stderr, /negative\.js: it gives node 0 the weight -1 for neighbor 1/);
      assert.not.ok(Object.keys(filesBelow(results)).some((path) => path.endsWith('_run.json')));
    },
  ));

test('several Simulations of one name and content are refused', () =>
  inFolder(
    { 'all.yaml': `${GRAPH}---\n${simulationYaml('sim')}---\n${simulationYaml('sim')}` },
    async (folder) => {
      const { code, stderr } = await gossip(
        'run',
        join(folder, 'all.yaml'),
        '--results',
        join(folder, 'results'),
      );
      assert.is(code, 2);
      assert.match(stderr, 'twice');
    },
  ));

test('a graph in several parts is played where --max-rounds says so, and has not converged', () =>
  inFolder({ 'graph.yaml': graphYaml('parts', ['0 1', '1', '2 3', '3']) }, async (folder) => {
    const results = join(folder, 'results');
    const { code, stdout } = await gossip(
      ...['run', join(folder, 'graph.yaml'), '--results', results, '--start', 'numbers'],
      ...['--max-rounds', '6', '--format', 'csv', '--repetitions', '1', '--seed', '1'],
    );
    assert.is(code, 0);
    assert.match(stdout, ',6,false,,');
  }));

test('gossip measure of a file without a graph says so', () =>
  inFolder({ 'sim.yaml': simulationYaml('sim') }, async (folder) => {
    const { code, stdout, stderr } = await gossip('measure', join(folder, 'sim.yaml'));
    assert.is(code, 2);
    assert.is(stdout, '');
    assert.match(stderr, 'no graph');
  }));

test('without arguments there is help, and exit code 2', async () => {
  const { code, stderr } = await gossip();
  assert.is(code, 2);
  assert.match(stderr, 'run');
  assert.match(stderr, 'strategies');
});

test('a command for a graph that ships with it needs nothing else', () =>
  inFolder({}, async (folder) => {
    const { code } = await gossip(
      'run',
      KARATE,
      '--results',
      join(folder, 'results'),
      '--repetitions',
      '1',
    );
    assert.is(code, 0);
  }));

test.run();
