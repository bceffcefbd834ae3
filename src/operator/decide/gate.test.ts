import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { acceptance, over, simulation, world } from './decide.fixture.ts';
import { firstQueued } from './index.ts';

/** Simulations that were accepted one second after the other, each of three hosts. */
function accepted(...names: string[]) {
  const [first, ...others] = names.map((name) => simulation(name));
  const all = world(first);
  for (const other of others) all.add(other);
  for (const name of names) {
    all.look({ acceptance: acceptance(3) }, {}, name);
    all.wait(1);
  }
  return all;
}

type World = ReturnType<typeof accepted>;

const state = (all: World, name: string) => all.get(name).status.state;
const line = (all: World, name: string) => all.get(name).status.progress;
const ready = (all: World, name: string) => {
  all.setReady({ name });
  all.look({}, {}, name);
};
const complete = (all: World, name: string) => {
  all.setJob('runner', over('Complete'), { name });
  all.look({}, {}, name);
};

test('one starts at a time', () => {
  const all = accepted('a', 'b');
  all.look({}, {}, 'a');
  all.look({}, {}, 'b');
  assert.equal([state(all, 'a'), state(all, 'b')], ['Starting', 'Queued']);
  assert.is(line(all, 'b'), 'waiting: a is starting, one after the other');
  ready(all, 'a');
  all.look({}, {}, 'b');
  assert.equal([state(all, 'a'), state(all, 'b')], ['Running', 'Starting']);
});

test('no more than so many play', () => {
  const all = accepted('a', 'b', 'c');
  for (const name of ['a', 'b']) {
    all.look({}, {}, name);
    ready(all, name);
  }
  all.look({}, {}, 'c');
  assert.is(line(all, 'c'), 'waiting: 2 simulations play, and at most 2 may');
  complete(all, 'a');
  all.look({}, {}, 'c');
  assert.is(state(all, 'c'), 'Starting');
});

test('the first that was accepted is the first', () => {
  const all = accepted('b', 'a');
  all.look({}, {}, 'a');
  assert.equal([state(all, 'a'), line(all, 'a')], ['Queued', 'waiting: others are before it']);
  assert.is(firstQueued([all.get('a'), all.get('b')])?.name, 'b');
  all.look({}, {}, 'b');
  assert.is(state(all, 'b'), 'Starting');
});

for (const [why, change] of [
  ['is suspended', { asked: { spec: {} as never, deployment: { suspend: true } } }],
  ['is being deleted', { going: true }],
] as const) {
  test(`one that ${why} is not waited for`, () => {
    const all = accepted('b', 'a');
    all.edit(change, 'b');
    all.look({}, {}, 'a');
    assert.is(state(all, 'a'), 'Starting');
  });
}

test('one that finds no room beside another lets go, and is tried again when it is alone', () => {
  const all = accepted('a', 'b', 'c');
  all.look({}, {}, 'a');
  ready(all, 'a');
  all.look({}, {}, 'b');
  all.setJob('hosts', { ready: 1 }, { name: 'b' });
  all.wait(599);
  all.look({}, {}, 'b');
  assert.is(state(all, 'b'), 'Starting');
  all.wait(1);
  all.look({ missing: '2: exceeded quota' }, {}, 'b');
  assert.is(state(all, 'b'), 'Queued');
  assert.is(
    line(all, 'b'),
    '2 of 3 hosts did not start within 600 s: 2: exceeded quota; it is tried again when no other simulation plays',
  );
  assert.equal(all.calls.slice(-2), ['make 0', 'remove 0: hosts runner']);
  all.look({}, {}, 'b');
  assert.is(state(all, 'b'), 'Queued', 'a still plays');
  all.look({}, {}, 'c');
  assert.is(line(all, 'c'), 'waiting: others are before it', 'or b might wait for ever');
  complete(all, 'a');
  all.look({}, {}, 'b');
  assert.is(state(all, 'b'), 'Starting');
  ready(all, 'b');
  assert.is(state(all, 'b'), 'Running');
});

test('one that finds no room though it is alone fails, and says why', () => {
  const all = accepted('a', 'b');
  all.look({}, {}, 'a');
  all.setJob('hosts', { ready: 1 }, { name: 'a' });
  all.wait(600);
  all.look({ missing: '2: Insufficient cpu' }, {}, 'a');
  assert.is(state(all, 'a'), 'Failed');
  assert.is(line(all, 'a'), '2 of 3 hosts did not start within 600 s: 2: Insufficient cpu');
  assert.equal(all.jobs(), []);
  assert.is(all.calls.at(-1), 'remove 0: hosts runner policy');
  all.look({}, {}, 'b');
  assert.is(state(all, 'b'), 'Starting');
});

test('hosts alone are no start: where the runner does not come, it is said why', () => {
  const all = accepted('a');
  all.look();
  all.setJob('hosts', { ready: 3 });
  all.look();
  assert.is(state(all, 'a'), 'Starting');
  all.wait(600);
  all.look({ crash: '1: serviceaccount "gossip-runner" not found' });
  assert.is(
    line(all, 'a'),
    'the runner did not start within 600 s: 1: serviceaccount "gossip-runner" not found',
  );
});

test('where the API server would not have an object, it is as if there were no room', () => {
  const all = accepted('a', 'b');
  all.look({}, {}, 'a');
  ready(all, 'a');
  all.look({}, {}, 'b');
  const refusal = 'jobs "b" is forbidden: exceeded quota';
  const decision = all.decide({ answers: { refusal } }, 'b');
  assert.is(decision.status?.state, 'Queued');
  assert.match(decision.status?.progress ?? '', /^jobs "b" is forbidden/);
  complete(all, 'a');
  all.edit({ status: decision.status ?? {} }, 'b');
  all.settle({}, 'b');
  assert.is(state(all, 'b'), 'Starting');
  assert.is(all.decide({ answers: { refusal } }, 'b').status?.state, 'Failed');
});

test('a clock that went back ends no start early', () => {
  const all = accepted('a');
  all.look();
  all.wait(-100_000);
  all.look();
  assert.is(state(all, 'a'), 'Starting');
});

test('two that each need all the room are both played', () => {
  const all = accepted('a', 'b');
  all.look({}, {}, 'a');
  ready(all, 'a');
  all.look({}, {}, 'b');
  all.wait(600);
  all.look({ missing: 'quota' }, {}, 'b');
  complete(all, 'a');
  all.look({}, {}, 'b');
  ready(all, 'b');
  complete(all, 'b');
  assert.equal([state(all, 'a'), state(all, 'b')], ['Complete', 'Complete']);
});

test.run();
