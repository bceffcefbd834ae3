import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { simulationStatus } from '../status.ts';
import { acceptance, BEGIN, over, simulation, started, world } from './decide.fixture.ts';

test('a Simulation is accepted, started, played, complete: each step is seen in its status', () => {
  const all = world(simulation('a'));
  const first = all.look({ acceptance: acceptance(3) });
  assert.is(first.make, undefined, 'nothing is made before the status says by what seed');
  const { conditions, ...accepted } = all.get().status;
  assert.equal(accepted, {
    state: 'Queued',
    progress: 'accepted',
    observedGeneration: 1,
    seed: 7,
    startTime: new Date(BEGIN).toISOString(),
    accepted: [{ name: 'g0', sha256: 'a'.repeat(64), nodes: 3, edges: 3 }],
    graphs: { done: 0, total: 1 },
    runs: { done: 0, total: 1 },
    results: 's3://simulations/folder-7',
  });
  assert.equal(
    conditions?.map(({ type, status, reason, message }) => [type, status, reason, message]),
    [
      ['Accepted', 'True', 'Accepted', 'fine'],
      ['Running', 'False', 'Queued', 'accepted'],
      ['Complete', 'False', 'Queued', ''],
      ['Failed', 'False', 'Queued', ''],
    ],
  );
  all.look();
  assert.equal(all.calls, ['make 0']);
  assert.is(all.get().status.progress, 'graph 1/1, hosts 0/3, runs 0/1');
  all.setJob('hosts', { ready: 2 });
  all.look();
  assert.is(all.get().status.state, 'Starting');
  assert.equal(all.get().status.hosts, { ready: 2, total: 3 });
  all.setReady();
  all.look();
  assert.is(all.get().status.state, 'Running');
  all.setJob('runner', over('Complete'));
  all.look();
  const { state, completionTime, progress } = all.get().status;
  assert.equal(
    [state, completionTime, progress],
    ['Complete', new Date(BEGIN).toISOString(), 'graph 1/1, runs 1/1'],
  );
  assert.equal(all.calls, ['make 0', 'remove 0: hosts policy']);
  assert.is(simulationStatus.safeParse(all.get().status).success, true);
});

test('decided twice, nothing is done the second time, in every state', () => {
  const all = world(simulation('a', { ttlSecondsAfterFinished: 10 }));
  const calm = (state: string) => {
    all.settle({ acceptance: acceptance(3), missing: 'x' });
    assert.is(all.get().status.state, state);
    const { status, removals, make, happening } = all.decide();
    assert.equal([status, removals, make, happening], [null, [], undefined, undefined], state);
  };
  calm('Starting');
  all.setReady();
  calm('Running');
  all.edit({ asked: { ...spec(all), deployment: { suspend: true } } });
  calm('Suspended');
  all.edit({ asked: { ...spec(all), deployment: {} } });
  calm('Starting');
  all.setJob('runner', over('Complete'));
  calm('Complete');
});

test('a conditions time is that of its last turn, not of its last words', () => {
  const all = started([3]);
  const time = (type: string) =>
    all.get().status.conditions?.find((one) => one.type === type)?.lastTransitionTime;
  const begin = time('Running');
  all.wait(10);
  all.setJob('hosts', { ready: 1 });
  all.look();
  assert.is(time('Running'), begin);
  all.setReady();
  all.look();
  assert.is(time('Running'), new Date(BEGIN + 10_000).toISOString());
  assert.is(time('Accepted'), begin);
});

test('Events tell of states, once', () => {
  const all = world(simulation('a'));
  const told = [];
  const answers = { acceptance: acceptance(3, 3) };
  for (const change of [
    () => {},
    () => {},
    () => all.setReady(),
    () => all.setJob('runner', over('Complete')),
    () => {},
    () => all.setJob('runner', over('Complete'), { graph: 1 }),
  ]) {
    change();
    for (let i = 0; i < 2; i++) told.push(all.look(answers).happening?.reason);
  }
  assert.equal(
    told.filter((reason) => reason !== undefined),
    ['Queued', 'StartingAlone', 'Playing', 'StartingAlone', 'Complete'],
  );
});

test('the graphs of a series are played one after the other', () => {
  const all = started([3, 5, 2]);
  const seen = [];
  for (const graph of [0, 1, 2]) {
    seen.push(all.get().status.hosts?.total, all.get().status.progress);
    all.setJob('runner', over('Complete'), { graph });
    all.look();
    all.look();
  }
  assert.equal(seen, [
    3,
    'graph 1/3, hosts 0/3, runs 0/3',
    5,
    'graph 2/3, hosts 0/5, runs 1/3',
    2,
    'graph 3/3, hosts 0/2, runs 2/3',
  ]);
  assert.equal(all.calls, [
    'make 0',
    'remove 0: hosts policy',
    'make 1',
    'remove 1: hosts policy',
    'make 2',
    'remove 2: hosts policy',
  ]);
  assert.is(all.get().status.state, 'Complete');
  assert.is(all.jobs().length, 3, 'the runners stay for their logs');
});

test('nodesPerHost says how many hosts there are', () => {
  assert.equal(started([10], { nodesPerHost: 4 }).get().status.hosts, { ready: 0, total: 3 });
});

test('with memory there is one play of workers, and one that is ready is enough', () => {
  const all = started([3, 5], { deployment: 'memory', parallelism: 4 });
  assert.equal(all.get().status.hosts, { ready: 0, total: 4 });
  assert.is(all.jobs().length, 1);
  all.setJob('hosts', { ready: 1 });
  all.look();
  assert.is(all.get().status.state, 'Running');
  all.setJob('hosts', over('Complete'));
  all.look();
  assert.equal(all.get().status.graphs, { done: 2, total: 2 });
  assert.equal(all.calls, ['make 0', 'remove 0: policy']);
  assert.is(all.jobs().length, 1, 'the workers stay for their logs');
  assert.is(all.get().status.state, 'Complete');
});

test('progress counts the runs of all graphs, and never fewer than before', () => {
  const all = started([3, 3]);
  const progress = (runsDone: number, runs = 4) =>
    ({ phase: 'playing', runsDone, runs, folder: 'x-1234' }) as const;
  all.edit({ status: { ...all.get().status, runs: { done: 0, total: 8 }, results: undefined } });
  all.look({}, { progress: progress(3) });
  assert.equal(all.get().status.runs, { done: 3, total: 8 });
  assert.is(all.get().status.state, 'Running', 'who plays has its hosts');
  assert.is(all.get().status.results, 's3://simulations/x-1234');
  all.look({}, { progress: progress(0) });
  assert.equal(all.get().status.runs, { done: 3, total: 8 });
  all.setJob('runner', over('Complete'));
  all.look();
  assert.equal(all.get().status.runs, { done: 4, total: 8 });
  all.look();
  all.look({}, { progress: progress(2) });
  assert.equal(all.get().status.runs, { done: 6, total: 8 });
});

test('what only the runner can tell is asked of it at the end', () => {
  const all = world(simulation('a'));
  all.look({ acceptance: { ...acceptance(3), folder: null, runs: null } as never });
  all.look();
  all.setJob('runner', over('Complete'));
  all.look({ ending: { folder: 'x-0', runs: 12 } });
  assert.is(all.get().status.results, 's3://simulations/x-0');
  assert.is(all.get().status.state, 'Complete');
});

const ENDS = [
  { ending: { error: 'the graph was edited', code: 'input' }, reason: 'InvalidInput' },
  { ending: { error: 'the graph was edited', code: 'failed' }, reason: 'RunFailed' },
] as const;
for (const { ending, reason } of ENDS) {
  test(`a runner that failed says why: ${reason}`, () => {
    const all = started([3]);
    all.setJob('runner', over('Failed'));
    all.look({ ending });
    const { state, progress, conditions } = all.get().status;
    assert.equal([state, progress], ['Failed', 'the graph was edited']);
    assert.is(conditions?.find(({ type }) => type === 'Failed')?.reason, reason);
    assert.equal(all.calls, ['make 0', 'remove 0: hosts policy']);
    assert.is(all.jobs().length, 1, 'the runner stays for its log');
  });
}

test('a runner that is tried again is told of', () => {
  const all = started([3]);
  all.setReady();
  all.look();
  all.setJob('runner', { ready: 1, failed: 2 });
  all.look();
  const running = all.get().status.conditions?.find(({ type }) => type === 'Running');
  assert.is(running?.message, 'playing; the runner failed 2 times, and was started again');
});

test('a runner that failed without a word is explained by its pods', () => {
  const all = started([3]);
  all.setJob('runner', over('Failed'));
  all.look({ ending: null, crash: '1: OOMKilled' });
  assert.is(all.get().status.progress, 'the runner failed: 1: OOMKilled');
});

test('hosts that failed for good end it, and the runner goes too', () => {
  const all = started([3]);
  all.setReady();
  all.look();
  all.setJob('hosts', over('Failed'));
  all.look({ missing: '1: OOMKilled' });
  assert.is(all.get().status.progress, 'hosts failed: 1: OOMKilled');
  assert.equal(all.jobs(), []);
});

test('a Simulation that is being deleted is left to the garbage collector', () => {
  const all = started([3]);
  all.edit({ going: true });
  assert.equal(all.decide(), { status: null, removals: [] });
});

test('what was made goes after its time, and not before', () => {
  const all = started([3, 3], { ttlSecondsAfterFinished: 60 });
  for (const graph of [0, 1]) {
    all.setJob('runner', over('Complete'), { graph });
    all.look();
    all.look();
  }
  assert.is(all.get().status.state, 'Complete');
  all.wait(59);
  assert.is(all.look().again, 1000);
  all.wait(-3600);
  assert.is(all.look().again, 60_000, 'the clock went back');
  assert.is(all.jobs().length, 2);
  all.wait(3601);
  all.look();
  assert.equal(all.jobs(), []);
  assert.equal(all.calls.slice(-2), [
    'remove 0: hosts runner policy',
    'remove 1: hosts runner policy',
  ]);
  assert.equal(all.decide().removals, []);
});

function spec(all: ReturnType<typeof world>) {
  const { asked } = all.get();
  if (typeof asked === 'string') throw new Error(asked);
  return asked;
}

test.run();
