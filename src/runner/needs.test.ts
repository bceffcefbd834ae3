import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeploymentSpec } from './deployment.ts';
import { type Needs, needsOf } from './needs.ts';
import type { Limits } from './needs-fit.ts';
import type { GraphSizes, SimulationSizes } from './needs-sizes.ts';

const GIBIBYTE = 2 ** 30;

function graph(nodes: number, edges = 4 * nodes, name = 'graph'): GraphSizes {
  const resourceBytes = 10 * edges;
  const pictures = { picturedRounds: 0, isDrawn: false };
  return { name, nodes, edges, informed: 1 / nodes, resourceBytes, ...pictures };
}

function sizesOf(
  graphs: readonly GraphSizes[],
  more: Partial<SimulationSizes> = {},
): SimulationSizes {
  return {
    ...{ name: 'simulation', executions: 1, repetitions: 30, memory: 'none', measures: [] },
    ...{ aggregate: 'minimum', history: 'rounds', graphs },
    ...more,
  };
}

function inCluster(nodes: number, deployment: DeploymentSpec = {}, limits: Limits = {}): Needs {
  return needsOf(sizesOf([graph(nodes)]), { on: 'kubernetes', deployment }, limits);
}

test('hosts are counted by nodesPerHost, and their runner is a pod more', () => {
  const rows: [nodes: number, deployment: DeploymentSpec, hosts: number, pods: number][] = [
    [20, {}, 20, 21],
    [1000, { nodesPerHost: 100 }, 10, 11],
    [1001, { nodesPerHost: 100 }, 11, 12],
    [5, { nodesPerHost: 100 }, 1, 2],
    [1000, { deployment: 'memory' }, 1, 1],
    [1000, { deployment: 'memory', parallelism: 4 }, 4, 4],
  ];
  for (const [nodes, deployment, hosts, pods] of rows) {
    const { cluster } = inCluster(nodes, deployment);
    assert.is(cluster?.holders.count, hosts, JSON.stringify(deployment));
    assert.is(cluster?.pods, pods);
    assert.is(cluster?.objects.Pod, pods);
  }
});

test('the largest graph of a series says what is needed at once; runners stay', () => {
  const series = sizesOf([graph(100), graph(300, 400), graph(200)]);
  const { cluster, runs } = needsOf(series, { on: 'kubernetes', deployment: { nodesPerHost: 10 } });
  assert.is(runs, 90);
  assert.is(cluster?.pods, 31);
  assert.equal(cluster?.objects, {
    ...{ Pod: 33, Job: 4, Service: 1, EndpointSlice: 1, Secret: 3, NetworkPolicy: 3 },
  });
});

test('requests are those of all pods together', () => {
  const { cluster } = inCluster(100);
  const { holders, runner, requests, limits } = cluster!;
  const megabytes = (text: string) => Number(text.replace('Mi', '')) * 2 ** 20;
  assert.is(
    requests.memory,
    100 * megabytes(holders.requests.memory) + megabytes(runner!.requests.memory),
  );
  assert.is(Math.round(requests.cpu * 1000), 100 * 5 + 100);
  assert.is(limits.cpu, null);
  assert.ok(limits.memory! > requests.memory);
});

test('what a Simulation says of resources stands instead of ours, for hosts alone', () => {
  const pod = { resources: { requests: { cpu: '1' }, limits: { memory: '1Gi' } } };
  const { cluster } = inCluster(10, { pod });
  assert.equal(cluster?.holders.requests, { cpu: '1', memory: '1Gi' });
  assert.equal(cluster?.holders.limits, { memory: '1Gi' });
  assert.is.not(cluster?.runner?.requests.cpu, '1');
  assert.ok(cluster!.requests.memory > 10 * GIBIBYTE && cluster!.requests.cpu > 10);
});

test('what does not fit is said with what would', () => {
  const quota = (hard: Record<string, string>, scoped = false): Limits => ({
    quotas: [{ name: 'small', hard, scoped }],
  });
  const workers: DeploymentSpec = { deployment: 'memory', parallelism: 4 };
  const rows: [nodes: number, deployment: DeploymentSpec, limits: Limits, said: RegExp[]][] = [
    [200, {}, {}, []],
    [200, {}, { hosts: 200, pods: 201 }, []],
    [
      200,
      {},
      { hosts: 50 },
      [/^it needs 200 hosts, and at most 50 hosts are allowed: give nodesPerHost: 4 or more$/],
    ],
    [
      200,
      {},
      { pods: 51 },
      [/^it needs 201 pods, and there is room for 51 pods: give nodesPerHost: 4 or more$/],
    ],
    [200, {}, { pods: 1 }, [/it cannot be played there$/]],
    [
      200,
      {},
      quota({ pods: '50' }),
      [/the ResourceQuota small allows 50 pods: give nodesPerHost: 5 or more$/],
    ],
    [200, {}, quota({ pods: '50' }, true), []],
    [
      200,
      {},
      quota({ 'requests.cpu': '1', 'requests.storage': '1' }),
      [/^it asks for 1.1 cores, and .* small allows 1 core \(requests.cpu\)$/],
    ],
    [200, {}, quota({ cpu: '1100m', memory: '100Gi', 'count/jobs.batch': '2' }), []],
    [
      200,
      {},
      quota({ memory: '1Gi' }),
      [/^it asks for a memory of .* GiB, and .* 1 GiB \(memory\)$/],
    ],
    [
      200,
      {},
      quota({ 'count/jobs.batch': '1' }),
      [/^it needs 2 Jobs, and .* 1 Job \(count\/jobs.batch\)$/],
    ],
    [200, {}, quota({ pods: 'many' }), []],
    [200, workers, { pods: 3 }, [/^it needs 4 pods, .*: give parallelism: 3 or less$/]],
    [200, workers, { hosts: 3 }, [/^it needs 4 workers, and at most 3 workers are allowed/]],
    [
      1_000_000,
      {},
      {},
      [
        /^it needs 1,000,000 hosts, and a Job of Kubernetes has at most 100,000 hosts: give nodesPerHost: 10 /,
      ],
    ],
  ];
  for (const [nodes, deployment, limits, said] of rows) {
    const { problems } = inCluster(nodes, deployment, limits);
    const place = `${nodes} nodes, ${JSON.stringify(limits)}: ${problems.join('; ')}`;
    assert.is(problems.length, said.length, place);
    for (const [index, words] of said.entries()) assert.match(problems[index], words);
  }
});

test('a Secret cannot name any number of graphs', () => {
  const many = sizesOf(
    Array.from({ length: 9000 }, (_, i) => graph(10, 20, `a-graph-with-a-long-name-${i}`)),
  );
  const { problems } = needsOf(many, { on: 'kubernetes', deployment: {} });
  assert.match(
    problems.join(),
    /Secret of .* a Secret holds 1 MiB: make several Simulations of it/,
  );
});

test('graphs that a resource cannot hold are told of, and quotas that ask for limits', () => {
  const large = sizesOf([graph(100_000)]);
  const deployment = { nodesPerHost: 1000 };
  const told = needsOf(large, { on: 'kubernetes', deployment }).notes.join('\n');
  assert.match(told, /a graph takes 3.8 MiB.*spec.source/);
  const medium = sizesOf([graph(10_000)]);
  assert.match(needsOf(medium, { on: 'kubernetes', deployment }).notes.join('\n'), /--server-side/);
  const limits = { quotas: [{ name: 'strict', hard: { 'limits.cpu': '100' } }] };
  assert.match(inCluster(10, {}, limits).notes.join('\n'), /strict limits limits.cpu/);
  const pod = { resources: { limits: { cpu: '1' } } };
  // The runner has none.
  assert.match(inCluster(10, { pod }, limits).notes.join('\n'), /strict limits limits.cpu/);
  assert.equal(inCluster(10, { deployment: 'memory', pod }, limits).notes, []);
});

test('more machines make it faster, and as many as are said are there', () => {
  const alone = inCluster(200, {}, { machines: 1 });
  const guessed = inCluster(200, {});
  assert.equal([alone.cluster?.machines, guessed.cluster?.machines], [1, 2]);
  assert.ok(alone.time.total > 1.5 * guessed.time.total);
  assert.equal(alone.notes, []);
  assert.match(guessed.notes.join(), /2 machines at 110 pods each/);
});

test('processes are counted with what they take', () => {
  const way = {
    on: 'processes',
    cores: 2,
    nodesPerHost: 1,
    processes: null,
    runsAtOnce: null,
  } as const;
  const few = needsOf(sizesOf([graph(1000)]), { ...way, processes: 4 });
  const many = needsOf(sizesOf([graph(100)]), way);
  assert.is(few.processes, 4);
  assert.is(many.processes, 100);
  assert.ok(many.memory > few.memory && many.memory > 100 * 30e6);
  assert.ok(many.time.starting > few.time.starting);
  const small = needsOf(sizesOf([graph(100)]), way, { memory: GIBIBYTE });
  assert.match(small.problems.join(), /^it takes a memory of about .* GiB, and there are 1 GiB$/);
});

test('more work takes longer, everywhere', () => {
  const ways = [
    { on: 'memory', jobs: 2 },
    { on: 'processes', cores: 2, nodesPerHost: 10, processes: null, runsAtOnce: null },
    { on: 'kubernetes', deployment: { nodesPerHost: 10 } },
    { on: 'kubernetes', deployment: { deployment: 'memory', parallelism: 2 } },
  ] as const;
  for (const way of ways) {
    const seconds = (graphs: GraphSizes[], more: Partial<SimulationSizes> = {}) =>
      needsOf(sizesOf(graphs, more), way).time.total;
    const base = seconds([graph(1000)]);
    assert.ok(base > 0 && Number.isFinite(base));
    assert.ok(seconds([graph(2000)]) > base);
    assert.ok(seconds([graph(1000), graph(1000)]) > base);
    assert.ok(seconds([graph(1000)], { repetitions: 3000 }) > base);
    assert.ok(seconds([graph(1000)], { executions: 9 }) > base);
    assert.ok(seconds([graph(1000)], { memory: 'complex' }) > base);
    assert.ok(seconds([graph(1000)], { measures: ['betweenness'] }) > base);
    assert.ok(seconds([{ ...graph(1000), picturedRounds: 1000, isDrawn: true }]) > base);
  }
});

test('time is the sum of its parts, or less where they overlap', () => {
  const { time } = inCluster(1000, { nodesPerHost: 10 });
  const { total, starting, measuring, configuring, playing, storing } = time;
  assert.ok(total <= starting + measuring + configuring + playing + storing);
  assert.ok(total >= starting + playing);
});

test('rounds tried count instead of the model', () => {
  const sizes = sizesOf([graph(1000)]);
  const way = { on: 'memory', jobs: 1 } as const;
  const model = needsOf(sizes, way);
  assert.is(model.rounds.tried, 0);
  const tried = needsOf(sizes, way, {}, { byGraph: [1000], tried: 3, unfinished: 0 });
  assert.ok(tried.time.playing > 10 * model.time.playing);
  assert.ok(tried.results.bytes > 10 * model.results.bytes);
});

test.run();
