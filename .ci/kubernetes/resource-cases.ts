/** Specs that an API server takes and refuses, with the words it refuses them in. */
import type { SimulationStatus } from '../../src/operator/status.ts';

type Good = readonly [what: string, spec: object, name?: string];
type Bad = readonly [what: string, spec: object, said: RegExp];

const line = ['0 1,', '1,'];
const keys = (count: number, value: unknown = 'x') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
const selects = (matchLabels: unknown) => ({ graphSelector: { matchLabels } });
const limits = (cpu: unknown) => ({ pod: { resources: { limits: { cpu } } } });

/** Two values of every field of a Simulation's spec, as if it were played on hosts, but for parallelism. */
export const VALUES: Record<string, readonly [unknown, unknown]> = {
  graphSelector: [
    { matchLabels: { name: 'nothing' } },
    { matchLabels: { name: 'nothing', series: 'none' } },
  ],
  algorithm: ['default', 'weighted_factor'],
  repetitions: [3, 4],
  randomInitialization: [false, true],
  visualize: [false, true],
  factor: [[1.25, 2], [1.25]],
  priorPartnerFactor: [[0.75], [0.5]],
  weightingParamA: [[0, 1], [0.5]],
  favor: ['inside', 'outside'],
  parameters: [
    { number: 1, list: [1, 'x'] },
    { number: 1, list: [1, 'y'] },
  ],
  aggregate: ['minimum', 'maximum'],
  tolerance: [0.001, 0.01],
  schedule: ['ascending', 'shuffled'],
  start: ['source', 'numbers'],
  source: [7, '7'],
  redraw: ['graph', 'run'],
  seed: [0, Number.MAX_SAFE_INTEGER],
  maxRounds: [10, 11],
  measureDecimals: [4, 5],
  simulationProperties: [{ test: '42' }, { other: '42' }],
  deployment: ['hosts', 'memory'],
  nodesPerHost: [2, 3],
  parallelism: [2, 3],
  suspend: [true, false],
  startDeadlineSeconds: [60, 61],
  ttlSecondsAfterFinished: [60, 0],
  strategies: ['mine', 'others'],
  pod: [{ labels: { team: 'a' } }, { labels: { team: 'a' }, nodeSelector: { disk: 'fast' } }],
};

export const goodGraphs: readonly Good[] = [
  ['a graph of two nodes', { adjacencyList: line }],
  ['a graph in a storage', { source: { object: 'graphs/big.txt.gz', nodes: 1e9 } }],
  ['a name of 253 characters', { adjacencyList: line }, `${'x.'.repeat(126)}x`],
  [
    'properties of each type',
    { adjacencyList: line, graphProperties: { a: '1', b: 2, c: 0.5, d: true }, valueList: '1,2' },
  ],
];

export const goodSimulations: readonly Good[] = [
  ['a selector alone', {}],
  ['a name of 63 characters', {}, 'x'.repeat(63)],
  ['a name with dots', {}, 'a.b-c.0'],
  ['the smallest and largest numbers', { seed: Number.MAX_SAFE_INTEGER, factor: [1e-300, 1e300] }],
  ['whole numbers where others may be', { factor: [1, 2.0], parameters: { a: 1.0, b: [2.0] } }],
  ['parameters of each type', { parameters: { a: 0.5, b: 'x', c: [1, 'y', 0.25] } }],
  ['a node as the source, and a word', { start: 'source', source: 'max-degree' }],
  ['memory with its workers', { deployment: 'memory', parallelism: 1000 }],
  ['maps as large as may be', { parameters: keys(100, [0.5]), simulationProperties: keys(1000) }],
  [
    'all that may be asked of pods',
    {
      pod: {
        labels: { 'example.com/team': 'a', empty: '' },
        annotations: { 'example.com/why': 'any text, also of some length' },
        nodeSelector: { 'kubernetes.io/arch': 'amd64' },
        tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 3 }],
        priorityClassName: 'low',
        imagePullSecrets: [{ name: 'registry' }],
        resources: { requests: { cpu: '250m', memory: '64Mi' }, limits: { memory: '1Gi' } },
      },
    },
  ],
];

export const badGraphs: readonly Bad[] = [
  ['a graph without a graph', {}, /spec\.adjacencyList: .*it is missing, and so is source/],
  [
    'a graph that is in two places',
    { adjacencyList: line, source: { object: 'a.txt', nodes: 2 } },
    /spec\.source: .*there is an adjacencyList too/,
  ],
  ['adjacency lines as one text', { adjacencyList: '0 1,' }, /spec\.adjacencyList: .*type array/],
  ['a number as a line', { adjacencyList: [0] }, /spec\.adjacencyList\[0\]: .*type string/],
  ['an unknown field', { adjacencyList: line, nodes: 2 }, /unknown field "spec\.nodes"/],
  [
    'a list as a property',
    { adjacencyList: line, graphProperties: { a: ['x'] } },
    /spec\.graphProperties\.a: /,
  ],
  [
    'a map as a property',
    { adjacencyList: line, graphProperties: { a: { b: 'x' } } },
    /spec\.graphProperties\.a: /,
  ],
  [
    'too many properties',
    { adjacencyList: line, graphProperties: keys(1001) },
    /spec\.graphProperties: Too many/,
  ],
  [
    'a property that is too long',
    { adjacencyList: line, graphProperties: { a: 'x'.repeat(10_001) } },
    /spec\.graphProperties\.a: Too long/,
  ],
  ['an object without nodes', { source: { object: 'a.txt' } }, /spec\.source\.nodes: Required/],
  [
    'no nodes at all',
    { source: { object: 'a.txt', nodes: 0 } },
    /spec\.source\.nodes: .*>= 1|greater than or equal to 1/,
  ],
  ...['../a.txt', '/a.txt', 'a/../../b.txt', 'a//b.txt', '.a.txt', 'a.parquet', 'a.txt\nb'].map(
    (object): Bad => [
      `the object ${JSON.stringify(object)}`,
      { source: { object, nodes: 2 } },
      /spec\.source\.object: .*an object's key is names/,
    ],
  ),
  [
    "an object's key that is too long",
    { source: { object: `${'x'.repeat(509)}.txt`, nodes: 2 } },
    /spec\.source\.object: Too long/,
  ],
];

export const badSimulations: readonly Bad[] = [
  ['no selector', { graphSelector: undefined }, /spec\.graphSelector: Required/],
  ['a selector without labels', { graphSelector: {} }, /graphSelector\.matchLabels: Required/],
  ['a selector of no label', selects({}), /graphSelector\.matchLabels: .*it must have a label/],
  ['a number as a label', selects({ name: 3 }), /graphSelector\.matchLabels\.name: .*type string/],
  ['too many labels', selects(keys(101)), /graphSelector\.matchLabels: Too many/],
  ['a key that is too long', selects({ ['k'.repeat(318)]: 'x' }), /matchLabels: .*at most 317/],
  ['an unknown field', { repetition: 3 }, /unknown field "spec\.repetition"/],
  ['an unknown field of pods', { pod: { securityContext: {} } }, /"spec\.pod\.securityContext"/],
  ['a text as a number', { repetitions: '3' }, /spec\.repetitions: .*type integer/],
  ['half a repetition', { repetitions: 1.5 }, /spec\.repetitions: .*type integer/],
  ['no repetition', { repetitions: 0 }, /spec\.repetitions: .*greater than or equal to 1/],
  ['too many repetitions', { repetitions: 1_000_001 }, /spec\.repetitions: .*less than or equal/],
  ['a seed beyond 2^53', { seed: 2 ** 53 }, /spec\.seed: .*less than or equal/],
  ['a number as a list', { factor: 1.5 }, /spec\.factor: .*type array/],
  ['an empty list', { factor: [] }, /spec\.factor: .*at least 1 items/],
  ['a long list', { factor: Array(1001).fill(1) }, /spec\.factor: Too many/],
  ['a factor of 0', { factor: [0] }, /spec\.factor\[0\]: .*greater than 0/],
  [
    'a share over 1',
    { weightingParamA: [1.1] },
    /spec\.weightingParamA\[0\]: .*less than or equal/,
  ],
  ['a long word', { algorithm: 'x'.repeat(1001) }, /spec\.algorithm: Too long/],
  ['an unknown aggregate', { aggregate: 'sum' }, /spec\.aggregate: .*"minimum", "maximum", "mean"/],
  ['an unknown schedule', { schedule: 'fast' }, /spec\.schedule: .*"ascending"/],
  ['half a node', { source: 0.5 }, /spec\.source: /],
  ['too many parameters', { parameters: keys(101) }, /spec\.parameters: Too many/],
  ['a map as a parameter', { parameters: { a: { b: 1 } } }, /spec\.parameters\.a: /],
  ['an empty list as a parameter', { parameters: { a: [] } }, /spec\.parameters\.a: /],
  [
    'too many properties',
    { simulationProperties: keys(1001) },
    /spec\.simulationProperties: Too many/,
  ],
  ['an unknown deployment', { deployment: 'cloud' }, /spec\.deployment: .*"hosts", "memory"/],
  [
    'workers with hosts',
    { parallelism: 2 },
    /spec\.parallelism: .*it goes with deployment: memory/,
  ],
  [
    'hosts with memory',
    { deployment: 'memory', nodesPerHost: 2 },
    /spec\.nodesPerHost: .*it goes with deployment: hosts/,
  ],
  ['too many workers', { deployment: 'memory', parallelism: 1001 }, /spec\.parallelism: /],
  ['half a suspension', { suspend: 'yes' }, /spec\.suspend: .*type boolean/],
  ['a deadline without end', { startDeadlineSeconds: 86_401 }, /spec\.startDeadlineSeconds: /],
  ['a time to live before the end', { ttlSecondsAfterFinished: -1 }, /ttlSecondsAfterFinished: /],
  ...['gossip.io/simulation', 'app.kubernetes.io/managed-by', 'job-name'].map(
    (key): Bad => [
      `the label ${key}`,
      { pod: { labels: { [key]: 'x' } } },
      /spec\.pod\.labels: .*keys that the operator needs cannot be set/,
    ],
  ),
  [
    'an annotation that unconfines',
    {
      pod: {
        annotations: { 'container.apparmor.security.beta.kubernetes.io/node': 'unconfined' },
      },
    },
    /spec\.pod\.annotations: .*cannot be set/,
  ],
  ['a label that is none', { pod: { labels: { a: 'x y' } } }, /spec\.pod\.labels\.a: /],
  ['a quantity that is none', limits('many'), /spec\.pod\.resources\.limits\.cpu: /],
  ['a negative quantity', limits(-1), /spec\.pod\.resources\.limits\.cpu: /],
  ['a ConfigMap without a name', { strategies: '' }, /spec\.strategies: /],
];

const time = '2026-01-02T03:04:05Z';

/** A status with everything. */
export const STATUS: SimulationStatus = {
  state: 'Running',
  progress: 'graph 1/3, hosts 20/20, runs 12/60',
  conditions: [
    {
      type: 'Accepted',
      status: 'True',
      reason: 'Accepted',
      message: 'on 3 graphs of 20 nodes each',
      observedGeneration: 1,
      lastTransitionTime: time,
    },
  ],
  observedGeneration: 1,
  seed: Number.MAX_SAFE_INTEGER,
  startTime: time,
  completionTime: time,
  graphs: { done: 0, total: 3 },
  runs: { done: 12, total: 60 },
  hosts: { ready: 20, total: 20 },
  results: 's3://simulations/name-0123abcd',
  accepted: [{ name: 'graph', sha256: '0'.repeat(64), nodes: 20 }],
};
